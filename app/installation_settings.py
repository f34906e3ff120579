"""What is set for an installation of several offices, and an office's own settings, from its folder alone."""

from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import PydanticBaseSettingsSource as Source

from app import setting_values, settings
from app.pages_settings import Key
from app.setting_values import Level
from app.settings import Settings

SETTINGS = ".env"
# Under what an office's pages stand where it has no name of its own.
OFFICE = "/o/"
# Beside the offices: no name of an office begins with a dot.
CONTROL = ".control.db"


class OfOffice(Settings):
    """Settings that come from an office's own file alone."""

    @property
    def together(self) -> bool:
        """It is one of several."""
        return True

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 -- the library gives it
        init_settings: Source,
        env_settings: Source,  # noqa: ARG003 -- an office has nothing of the environment
        dotenv_settings: Source,
        file_secret_settings: Source,  # noqa: ARG003 -- the library gives it
    ) -> tuple[Source, ...]:
        """What is given, and the file."""
        return init_settings, dotenv_settings


class Installation(BaseSettings):
    """What is set for all offices together, in the environment or in `.env` where the installation stands."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    offices_dir: Path = Field(Path("offices"), description="The folder that holds a folder an office")
    control_url: str = Field(
        "",
        description="Where the workers of several machines agree which of them serves which office: a PostgreSQL "
        "database of its own; empty: a file in OFFICES_DIR, for those of one machine",
    )
    log_level: Level = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    pages_listen: str = Field(
        "127.0.0.1:8090", description="Where `nhacviec pages` answers with the screens and the board; empty: nowhere"
    )
    pages_url: str = Field("", description="The address of that as people type it, https:// behind a proxy")
    answers_listen: str = Field(
        "127.0.0.1:8091", description="Where it answers with the pages to answer on, and takes webhooks; empty: nowhere"
    )
    answers_url: str = Field("", description="The public https address of that; empty: no message bears a link")
    board_key: Key = Field(
        None, description="Opens the board and /metrics, 64 hexadecimal digits (openssl rand -hex 32); empty: neither"
    )
    most_gb: int | None = Field(None, ge=1, description="Gigabytes that each office's database takes at the most")
    most_messages: int = Field(0, ge=0, description="MESSAGES_PER_MONTH of an office that has none of its own")

    @field_validator("pages_listen", "answers_listen")
    @classmethod
    def _listens(cls, value: str) -> str:
        return setting_values.place(value) if value else value

    @field_validator("pages_url", "answers_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = setting_values.address(value, ("https", "http")) if value else None
        if value and (parts is None or parts.query or parts.fragment or parts.username or parts.path not in ("", "/")):
            raise ValueError("write an address without a path, for example https://nhacviec.tinh.example.vn")
        if parts is not None and parts.scheme == "http" and not setting_values.is_loopback(parts.hostname or ""):
            raise ValueError("without TLS what people send can be read on the way; write it with https://")
        return value.rstrip("/")

    @property
    def pages_address(self) -> str:
        """Where the board is for people, and the screens under it; "" where nothing is served."""
        return (self.pages_url or f"http://{self.pages_listen}") if self.pages_listen else ""

    def screen_of(self, office: str) -> str:
        """The address of an office's screen that has no name of its own."""
        return f"{self.pages_address}{OFFICE}{office}" if self.pages_address else ""

    def answers_of(self, office: str) -> str:
        """The same of its page to answer on; "" where nothing is public."""
        return f"{self.answers_url}{OFFICE}{office}" if self.answers_url and self.answers_listen else ""

    def control_of(self, offices: Path) -> str:
        """The address of the control record of the workers of a folder."""
        return self.control_url or f"sqlite:///{offices.absolute() / CONTROL}"


def of_folder(folder: Path, **given: Any) -> Settings:
    """The settings of the office that a folder is; `given` ones come first. Raises SettingsError naming every fault."""
    file = folder / SETTINGS
    return settings.read_as(OfOffice, dotenv_values(file), folder, **{"_env_file": file, **given})
