"""What an installation may set of the pages that officers open without signing in."""

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from app import setting_values
from app.setting_values import Place


class PublicSettings(BaseSettings):
    """The page to answer on, and what leaves as a link."""

    public_url: str = Field(
        "",
        description="The public https address at which officers answer by a link and read what a platform does not "
        "carry; empty: nothing of it appears",
    )
    answer_listen: Place = Field(
        "127.0.0.1:8091", description="With PUBLIC_URL: where the reverse proxy finds the page to answer on"
    )

    @field_validator("public_url")
    @classmethod
    def _public_address(cls, value: str) -> str:
        parts = setting_values.address(value, ("https", "http")) if value else None
        if not value:
            return value
        if parts is None or parts.query or parts.fragment or parts.username or parts.path not in ("", "/"):
            raise ValueError("write the page's public address, for example https://bao.example.vn")
        if parts.scheme == "http" and not setting_values.is_loopback(parts.hostname or ""):
            raise ValueError("without TLS what people send can be read on the way; write it with https://")
        return value.rstrip("/")
