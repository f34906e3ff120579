"""What an installation may set of the office's screen, and what a process that serves pages is told in the place of the
tokens, by its supervisor or by who starts it.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from app import setting_values
from app.setting_values import Columns
from desk.lists.widths import WIDTHS

KEY_BYTES = 32


def _hex(value: SecretStr | None) -> SecretStr | None:
    if value is None or not value.get_secret_value():
        return None
    try:
        if len(bytes.fromhex(value.get_secret_value())) == KEY_BYTES:
            return value
    except ValueError:
        pass
    raise ValueError(f"write {2 * KEY_BYTES} digits of 0-9 and a-f, as `openssl rand -hex {KEY_BYTES}` makes them")


Key = Annotated[SecretStr | None, AfterValidator(_hex)]


class PagesSettings(BaseSettings):
    """The screen; the key and the channels of invites, where pages are served apart from who knows the tokens."""

    invite_key: Key = Field(
        None,
        description="The key of typed invites, 64 hexadecimal digits, the same for each process; needed where a screen "
        "runs apart beside PostgreSQL (default: the file beside an SQLite database, otherwise made from the tokens)",
    )
    invite_channels: Annotated[tuple[str, ...] | None, NoDecode, BeforeValidator(setting_values.order)] = Field(
        None,
        description="Where a screen runs apart: the channels by which people are invited, with commas (default: those "
        "whose bot was opened before)",
    )
    desk_listen: str = Field(
        "127.0.0.1:8090", description="Where the office's screen answers, for the office's own network; empty: nowhere"
    )
    desk_url: str = Field(
        "",
        description="The screen's address as people type it, for links and for its name; https:// where a proxy ends "
        "TLS before it",
    )
    desk_idle_minutes: int = Field(15, ge=1, le=480, description="Minutes without activity after which it is locked")
    desk_admin_idle_minutes: int = Field(5, ge=1, le=480, description="The same for admins")
    pages_sleep_minutes: float = Field(
        30, ge=0, le=1440, description="Minutes without a request until what serves pages ends, till the next; 0: never"
    )
    desk_key_file: Path | None = Field(
        None,
        description="Where the key of authenticators' apps is kept, outside of the database and its backups; empty: "
        "beside an SQLite file",
    )
    desk_sheet_columns: Columns = Field(
        (),
        description="The columns of the form in which a higher office wants the list of tasks, as key=heading with "
        "semicolons: number=STT; task=Nhiệm vụ; due=Thời hạn; =Ghi chú. A key alone has the list's own heading, a "
        f"heading alone stays empty. The keys: {', '.join(WIDTHS)}",
    )

    @field_validator("desk_url")
    @classmethod
    def _desk_address(cls, value: str) -> str:
        parts = setting_values.address(value, ("https", "http")) if value else None
        if value and (parts is None or parts.query or parts.fragment or parts.username or parts.path not in ("", "/")):
            raise ValueError("write the screen's own address, for example https://theodoi.example.vn")
        return value.rstrip("/")

    @field_validator("desk_listen")
    @classmethod
    def _listens(cls, value: str) -> str:
        if value:
            setting_values.host_and_port(value)
        return value

    @field_validator("desk_key_file", mode="before")
    @classmethod
    def _nothing_there(cls, value: Any) -> Any:
        return setting_values.empty_is_none(value)

    @property
    def desk_address(self) -> str:
        """The screen's address for people; empty where it is served nowhere."""
        return (self.desk_url or f"http://{self.desk_listen}") if self.desk_listen else ""
