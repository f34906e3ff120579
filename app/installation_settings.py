"""What is set for an installation of several offices, and an office's own settings, from its folder alone."""

from pathlib import Path

from dotenv import dotenv_values
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import PydanticBaseSettingsSource as Source

from app import settings
from app.setting_values import Level
from app.settings import Settings

SETTINGS = ".env"
# Beside the offices: no name of an office begins with a dot.
CONTROL = ".control.db"


class OfOffice(Settings):
    """Settings that come from an office's own file alone."""

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

    def control_of(self, offices: Path) -> str:
        """The address of the control record of the workers of a folder."""
        return self.control_url or f"sqlite:///{offices.absolute() / CONTROL}"


def of_folder(folder: Path) -> Settings:
    """The settings of the office that a folder is. Raises SettingsError naming every fault."""
    file = folder / SETTINGS
    return settings.read_as(OfOffice, dotenv_values(file), folder, _env_file=file)
