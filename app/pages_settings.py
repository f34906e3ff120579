"""What a process that only serves pages is told in the place of the tokens, by its supervisor or by who starts it."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from app import setting_values

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


class PagesSettings(BaseSettings):
    """The key and the channels of invites, where pages are served apart from who knows the tokens."""

    invite_key: Annotated[SecretStr | None, AfterValidator(_hex)] = Field(
        None,
        description="The key of typed invites, 64 hexadecimal digits, the same for each process; needed where a screen "
        "runs apart beside PostgreSQL (default: the file beside an SQLite database, otherwise made from the tokens)",
    )
    invite_channels: Annotated[tuple[str, ...] | None, NoDecode, BeforeValidator(setting_values.order)] = Field(
        None,
        description="Where a screen runs apart: the channels by which people are invited, with commas (default: those "
        "whose bot was opened before)",
    )
