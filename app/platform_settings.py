"""What an installation may set of the platforms on which people are met."""

import re
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings

from app import setting_values
from app.setting_values import PeopleIds, Place, Proxy, Token
from channels.mail import abilities as mail
from channels.mail.address import IMAP_PORTS, SMTP_PORTS, Mailbox, Server, mailbox, server
from channels.telegram.address import REAL_API
from channels.zalo import abilities as zalo
from channels.zalo.address import REAL_API as ZALO_API
from words.month import Month

# Bot API documentation, setWebhook: these ports, and a secret of these letters.
WEBHOOK_PORTS = (443, 80, 88, 8443)
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
ZALO_TOKEN = re.compile(r"[0-9]{1,32}:[!-~]{1,200}")
FREE = zalo.ABILITIES.month or Month()
HOW_TO_MAKE_ONE = 'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'


class TelegramSettings(BaseSettings):
    """Telegram's bot."""

    telegram_bot_token: Token = Field(
        None, description="The bot's token from @BotFather; without a token of any platform the sandbox starts"
    )
    telegram_api_url: str = Field(REAL_API, description="Another address of the Bot API, for example a local server")
    telegram_proxy: Proxy = Field(None, description="Proxy for all calls, for example socks5://127.0.0.1:1080")
    telegram_admin_ids: PeopleIds = Field(
        (),
        description="Numeric Telegram ids, with commas: the first to come is the first admin; others are invited",
    )
    webhook_url: str = Field(
        "", description="Public https address to which Telegram brings updates; empty: the bot polls for them"
    )
    webhook_secret: SecretStr | None = Field(
        None,
        validate_default=True,
        description="With WEBHOOK_URL: 32 or more of A-Za-z0-9_-, by which we know Telegram's calls",
    )
    webhook_listen: Place = Field("127.0.0.1:8443", description="Where the reverse proxy finds us, which ends TLS")

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str, info: ValidationInfo) -> str:
        real = str(info.data.get("telegram_api_url", REAL_API)).rstrip("/") == REAL_API
        port = _checked(value, "telegram", info.data.get("telegram_bot_token"), real=real)
        if value and real and (port or 443) not in WEBHOOK_PORTS:
            raise ValueError("Telegram calls the ports 443, 80, 88 and 8443 only; let the reverse proxy listen on one")
        return value

    @field_validator("webhook_secret", mode="before")
    @classmethod
    def _secret(cls, value: Any, info: ValidationInfo) -> Any:
        return _secret_of(value, info, "webhook_url")

    @model_validator(mode="after")
    def _bot_is_no_admin(self) -> Self:
        token = self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""
        if (bot := token.partition(":")[0]) and bot in map(str, self.telegram_admin_ids):
            raise ValueError(f"TELEGRAM_ADMIN_IDS: {bot} is the bot itself; write the numbers of people")
        return self


class ZaloSettings(BaseSettings):
    """Zalo's bot, beside Telegram's or alone."""

    zalo_bot_token: Token = Field(
        None, description="The token of a bot on Zalo's Bot Platform, beside Telegram or alone; people are invited"
    )
    zalo_bot_link: str = Field(
        "", description="The address that opens the bot on a phone with Zalo, printed as a QR code on invites"
    )
    zalo_api_url: str = Field(ZALO_API, description="Another address of Zalo's Bot API, for example a stand-in")
    zalo_webhook_url: str = Field(
        "",
        description="Public https address to which Zalo brings updates, for real use: while nobody polls or listens, "
        "what people write there is lost",
    )
    zalo_webhook_secret: SecretStr | None = Field(
        None, validate_default=True, description="With ZALO_WEBHOOK_URL: another secret, by which we know Zalo's calls"
    )
    zalo_webhook_listen: Place = Field("127.0.0.1:8444", description="Where the reverse proxy finds us for Zalo")
    zalo_month_people: int = Field(
        FREE.people, ge=0, description="People whom the bot's plan on Zalo allows; 0 where it has no end"
    )
    zalo_month_messages: int = Field(
        FREE.messages, ge=0, description="Messages a month that the bot's plan on Zalo allows; 0 where it has no end"
    )

    @field_validator("zalo_bot_token")
    @classmethod
    def _whole_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not ZALO_TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("copy the whole token that Zalo sent: a number, a colon and letters")
        return value

    @field_validator("zalo_bot_link")
    @classmethod
    def _opens_the_bot(cls, value: str) -> str:
        if value and setting_values.address(value, ("https",)) is None:
            raise ValueError("write the address that Zalo shows for the bot, with https://")
        return value

    @field_validator("zalo_webhook_url")
    @classmethod
    def _zalo_webhook(cls, value: str, info: ValidationInfo) -> str:
        real = str(info.data.get("zalo_api_url", ZALO_API)).rstrip("/") == ZALO_API
        _checked(value, "zalo", info.data.get("zalo_bot_token"), real=real)
        return value

    @field_validator("zalo_webhook_secret", mode="before")
    @classmethod
    def _zalo_secret(cls, value: Any, info: ValidationInfo) -> Any:
        return _secret_of(value, info, "zalo_webhook_url")


class MailSettings(BaseSettings):
    """The office's mail, beside the platforms or alone."""

    smtp_url: SecretStr | None = Field(
        None,
        validate_default=True,
        description="The server by which letters leave: smtps://USER:PASSWORD@HOST (TLS), starttls://… (STARTTLS is "
        "demanded) or smtp://… (in the clear, for a server of the own network)",
    )
    mail_from: str = Field(
        "",
        validate_default=True,
        description="With SMTP_URL: from whom letters are, as Nhắc Việc <nhacviec@example.gov.vn>",
    )
    mail_attach_mb: int = Field(
        mail.ATTACH_MB,
        ge=1,
        le=100,
        description="Megabytes of a file that leaves beside a letter; of a larger one the words go alone",
    )
    imap_url: SecretStr | None = Field(
        None,
        description="The mailbox in which answers to MAIL_FROM are read: imaps://USER:PASSWORD@HOST, starttls://… or "
        "imap://…, perhaps with /FOLDER; it is only read; empty: nobody reads answers",
    )

    @field_validator("smtp_url", "imap_url", mode="before")
    @classmethod
    def _set_to_nothing(cls, value: Any) -> Any:
        return setting_values.empty_is_none(value)

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            server(value.get_secret_value(), SMTP_PORTS)
        return value

    @field_validator("mail_from")
    @classmethod
    def _from(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("smtp_url") is not None:
            raise ValueError("SMTP_URL needs it: write the office's own address")
        if value:
            mailbox(value)
        return value

    @field_validator("imap_url")
    @classmethod
    def _imap(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None:
            return value
        if not server(value.get_secret_value(), IMAP_PORTS).user:
            raise ValueError("write the name and the password of the mailbox before the server, with an @ behind them")
        if info.data.get("smtp_url") is None:
            raise ValueError("SMTP_URL is missing: what people write could not be answered")
        return value

    @property
    def mail_out(self) -> Server | None:
        """The server by which letters leave."""
        return server(self.smtp_url.get_secret_value(), SMTP_PORTS) if self.smtp_url is not None else None

    @property
    def mail_back(self) -> Server | None:
        """The server on which answers are read."""
        return server(self.imap_url.get_secret_value(), IMAP_PORTS) if self.imap_url is not None else None

    @property
    def mail_sender(self) -> Mailbox | None:
        """From whom letters are."""
        return mailbox(self.mail_from) if self.mail_from else None


def _checked(value: str, platform: str, token: SecretStr | None, *, real: bool) -> int | None:
    """The port of an address to which a platform brings updates; raises ValueError for what is none."""
    if not value:
        return None
    parts = setting_values.address(value, ("https",) if real else ("https", "http"))
    if parts is None or parts.query or parts.fragment or parts.username:
        raise ValueError(f"write the bot's public address, for example https://bot.example.vn/{platform}")
    if token is not None and token.get_secret_value() in value:
        raise ValueError("leave the token out: addresses are written into the logs of every proxy")
    return parts.port


def _secret_of(value: Any, info: ValidationInfo, address: str) -> Any:
    """A secret by which a platform's calls are known; raises ValueError where the address has none."""
    text = value.get_secret_value() if isinstance(value, SecretStr) else value or ""
    if not text and info.data.get(address):
        raise ValueError(f"{address.upper()} needs it: {HOW_TO_MAKE_ONE}")
    if text and not WEBHOOK_SECRET.fullmatch(text):
        raise ValueError(f"write 32 to 256 of A-Za-z0-9_-: {HOW_TO_MAKE_ONE}")
    return value or None
