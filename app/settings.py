"""Every setting, from the environment or .env; the only reader of the environment. Faults come all at once."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import SettingsConfigDict

from app import setting_values, withheld
from app.pages_settings import PagesSettings
from app.platform_settings import MailSettings, TelegramSettings, ZaloSettings
from app.public_settings import PublicSettings
from app.setting_values import (
    Kept,
    Ladder,
    Level,
    Monitor,
    Order,
    Paths,
    Rate,
    Weekday,
    Windows,
    Zone,
)
from channels.telegram.address import REAL_API
from channels.zalo.address import REAL_API as ZALO_API
from plan.defaults import DEFAULT_LADDER, DEFAULT_WINDOWS
from plan.errors import NhacViecError

ROOT = Path(__file__).resolve().parent.parent
SECRETS = (
    "TELEGRAM_BOT_TOKEN",
    "ZALO_BOT_TOKEN",
    "DATABASE_URL",
    "TELEGRAM_PROXY",
    "WEBHOOK_SECRET",
    "ZALO_WEBHOOK_SECRET",
    "SMTP_URL",
    "IMAP_URL",
    "PING_URL",
    "INVITE_KEY",
)


class SettingsError(NhacViecError):
    """Settings that cannot be used; the text has a line for each, with what to write instead."""


class Settings(PagesSettings, PublicSettings, MailSettings, ZaloSettings, TelegramSettings):
    """What an installation may set. Times are local to `timezone`."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True)

    database_url: str = Field(
        "",
        description="Where everything is kept, evidence included: an SQLite file, or "
        "postgresql+psycopg://USER@HOST/NAME (default: sqlite:///var/nhacviec.db, without a token sqlite:///var/sandbox.db)",
    )
    plan_file: Paths = Field(
        (ROOT / "data" / "plan_2020.json",),
        description="The plan; several with commas, the newest last; empty: only plans brought in as documents "
        "(default: the plan in data/)",
    )
    days_file: Path = Field(
        ROOT / "data" / "days_vn.toml", description="Days off and make-up days (default: data/days_vn.toml)"
    )
    templates_dir: Path = Field(
        ROOT / "data" / "templates",
        description="The Word templates of reports and letters (default: data/templates)",
    )
    office_program: str = Field(
        "",
        description="LibreOffice (soffice, or its path), which turns .doc and .odt into .docx; empty: they are refused",
    )
    timezone: Zone = Field(ZoneInfo("Asia/Ho_Chi_Minh"), description="The office's time zone")
    remind_days: Ladder = Field(
        DEFAULT_LADDER, description="Working days before the deadline on which to remind, with commas"
    )
    channel_order: Order = Field(
        (),
        description="Which channel reaches people first who have several and chose none, with commas, for example "
        "zalo,telegram; empty: the one by which each was linked first",
    )
    route_after_minutes: int = Field(
        120, ge=15, description="Minutes for which a channel takes nothing until what waits goes by another way"
    )
    send_windows: Windows = Field(DEFAULT_WINDOWS, description="When reminders may leave on a working day")
    review: Literal["none", "product", "all"] = Field(
        "none",
        description="Which answers the compiling agency confirms: none, product (dated work with a product) or all",
    )
    head_confirms: bool = Field(False, description="Whether an agency's head confirms its answers first")
    weekly_day: Weekday = Field(
        "monday",
        description="The weekday of the groups' summary and the heads' list, by its English name; moved when off",
    )
    weekly_at: time = Field(
        time(8, 0), description="When on that day they leave, inside the sending windows (default: 08:00)"
    )
    evidence_files_per_day: int = Field(60, ge=1, description="Files that one person may send in a day")
    evidence_mb_per_day: int = Field(
        300, ge=20, description="Megabytes of files that one person may send in a day, at least 20"
    )
    evidence_gb_per_person: int = Field(10, ge=1, description="Gigabytes of files that one person may send in all")
    text_kb_per_day: int = Field(
        200, ge=20, description="Thousands of letters that one person may write in a day; what is more is cut"
    )
    database_gb: int = Field(
        100, ge=1, description="Gigabytes that the database may take in all; above it files wait with the platform"
    )
    messages_per_month: int = Field(
        0, ge=0, description="Messages in a month of which the admins are told at 80 and 100 %; stops none; 0: no end"
    )
    disk_free_mb: int = Field(
        500, ge=50, description="Megabytes that stay free where the database is; below it files wait with the platform"
    )
    clock_start: datetime | None = Field(
        None, description="Sandbox only: the instant at which the service's clock starts, for example 2020-01-02T07:00"
    )
    backup_dir: Path | None = Field(
        None, description="A folder for a backup each day, on another disk than the database; without it none is made"
    )
    backup_at: time = Field(time(2, 0), description="When the daily backup is made (default: 02:00)")
    backup_keep: Kept = Field((7, 4, 12), description="How many daily, weekly and monthly backups are kept")
    backup_key: str = Field("", description="A public age key (age1…): backups are encrypted to it")
    retention_inbox_days: int = Field(30, ge=2, description="Days after which a handled update is dropped")
    retention_outbox_days: int = Field(
        400,
        ge=60,
        description="Days after which a message that ended goes, about work into the archive",
    )
    retention_loose_days: int = Field(90, ge=2, description="Days after which a file of no answer is dropped")
    retention_person_months: int = Field(
        12, ge=1, description="Months after a plan closed when the people who only took part in it are erased"
    )
    data_contact: str = Field(
        "",
        max_length=120,
        description="Who answers for personal data, as the notice of consent names them: a name, telephone or mail",
    )
    evaluation_basis: str = Field(
        "",
        max_length=200,
        description="The document by which the record may be used to evaluate people, named in the notice of consent; "
        "empty: it may not, and the notice says so",
    )
    health_listen: str = Field("127.0.0.1:8081", description="Where /healthz and /metrics answer; empty: nowhere")
    ping_url: Monitor = Field(
        None, description="An outside monitor's address, called every 5 minutes while all is well"
    )
    send_rate: Rate = Field(
        "telegram", description='Sandbox only: "none" lets messages leave without the platform\'s limits, to measure'
    )
    log_level: Level = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("health_listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        if value:
            setting_values.host_and_port(value)
        return value

    @field_validator("clock_start", "backup_dir", mode="before")
    @classmethod
    def _nothing_given(cls, value: Any) -> Any:
        return setting_values.empty_is_none(value)

    @model_validator(mode="after")
    def _clock_only_in_sandbox(self) -> "Settings":
        if self.clock_start is not None and self.keeps_machine_time:
            raise ValueError(
                "CLOCK_START: a moved clock would send real people reminders of another year; "
                "leave it out, or set TELEGRAM_API_URL and ZALO_API_URL to a sandbox"
            )
        return self

    @model_validator(mode="after")
    def _limits_of_the_real_one(self) -> "Settings":
        if self.send_rate == "none" and self.keeps_machine_time:
            raise ValueError(
                "SEND_RATE: without its limits the platform refuses the messages and stops the bot for a while; "
                "leave it out, or set TELEGRAM_API_URL and ZALO_API_URL to a sandbox"
            )
        return self

    @model_validator(mode="after")
    def _database_of_its_own(self) -> "Settings":
        # Example people and a moved clock must never end up in an office's database.
        if not self.database_url:
            self.database_url = f"sqlite:///var/{'nhacviec' if self.has_bot else 'sandbox'}.db"
        return self

    @property
    def has_bot(self) -> bool:
        """Whether there is a way to people: a bot's token, or a server for letters; without one the sandbox starts."""
        return self.has_token or self.smtp_url is not None

    @property
    def has_token(self) -> bool:
        """Whether a bot's token of any platform is set."""
        return self.telegram_bot_token is not None or self.zalo_bot_token is not None

    @property
    def real(self) -> bool:
        """Whether this installation speaks to a real platform."""
        on_zalo = self.zalo_bot_token is not None
        alone = on_zalo and self.telegram_bot_token is None
        there = (self.telegram_api_url.rstrip("/") == REAL_API, self.zalo_api_url.rstrip("/") == ZALO_API)
        # Letters alone go to people, whatever server takes them; beside a stand-in they are the stand-in's.
        by_mail = self.smtp_url is not None and not self.has_token
        return (there[0] and not alone) or (there[1] and on_zalo) or by_mail

    @property
    def keeps_machine_time(self) -> bool:
        """Whether the service's clock is the machine's, as for real people; the sandbox's may be moved."""
        return self.real and self.has_bot

    @property
    def together(self) -> bool:
        """Whether the office is one of several, which `work` and `pages` serve."""
        return False

    @property
    def start(self) -> datetime | None:
        """CLOCK_START as an instant; without a zone it is the office's time."""
        moment = self.clock_start
        if moment is None or moment.tzinfo is not None:
            return moment
        return moment.replace(tzinfo=self.timezone)


def read(**given: Any) -> Settings:
    """The settings of this process; `given` ones come first. Raises SettingsError naming every fault."""
    return _read(**given)


def read_by(reader: Callable[..., Settings]) -> None:
    """From now on `read` gives what this gives."""
    global _read
    _read = reader


def _of_environment(**given: Any) -> Settings:
    return read_as(Settings, os.environ, Path(), **given)


_read: Callable[..., Settings] = _of_environment


def read_as(kind: type[Settings], variables: Mapping[str, str | None], folder: Path, **given: Any) -> Settings:
    """The same of another kind, whose files of secrets these variables name, in a folder."""
    from_files = {}
    faults = []
    for name in SECRETS:
        path = variables.get(f"{name}_FILE")
        if path:
            try:
                from_files[name.lower()] = (folder / path).read_text("utf-8").strip()
            except OSError as error:
                faults.append(f"{name}_FILE: {path} cannot be read ({error.strerror}); name a file this user may read")
    try:
        found = kind(**{**from_files, **given})
    except ValidationError as error:
        faults += [_fault(dict(each)) for each in error.errors()]
        raise SettingsError("\n".join(faults)) from None
    if faults:
        raise SettingsError("\n".join(faults))
    return found


def in_environment() -> dict[str, str]:
    """What of this process' environment is a setting."""
    names = {name.upper() for name in Settings.model_fields} | {f"{name}_FILE" for name in SECRETS}
    return {name: value for name, value in os.environ.items() if name.upper() in names}


def forget_environment() -> None:
    """Takes out of this process' environment whatever is a setting: from now on those of its folder hold alone."""
    for each in in_environment():
        del os.environ[each]


def without_secrets(chosen: Settings) -> Settings:
    """The same without what speaks to a platform: for a process that speaks to none."""
    return chosen.model_copy(update=dict.fromkeys(withheld.NAMES))


def _fault(error: dict[str, Any]) -> str:
    name = str(error["loc"][0]).upper() if error["loc"] else ""
    text = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {text}" if name else text
