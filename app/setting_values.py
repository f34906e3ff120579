"""How the values of settings are written: each reads one kind, or raises ValueError with what to write instead."""

from datetime import time
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from channels.mail.address import NAME as MAIL
from channels.telegram.address import NAME as TELEGRAM
from channels.zalo.address import NAME as ZALO
from desk.lists import widths
from plan.weekly import WEEKDAYS

PROXIES = ("http", "https", "socks5", "socks5h")
# GroupAnonymousBot, the channel bot, the service notifications.
TELEGRAMS_OWN = (1087968824, 136817688, 777000)
# Of which an office may say which comes first.
CHANNELS = (TELEGRAM, ZALO, MAIL)
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def empty_is_none(value: Any) -> Any:
    """A variable that is set to nothing is not set."""
    return None if value == "" else value


def place(value: str) -> str:
    """Where something listens, HOST:PORT."""
    host_and_port(value)
    return value


def ids(value: Any) -> Any:
    """Numbers with commas or semicolons; what is no text stays as it is, as in the functions below."""
    if not isinstance(value, str):
        return value
    try:
        return tuple(int(part) for part in value.replace(";", ",").split(",") if part.strip())
    except ValueError:
        raise ValueError("write numbers with commas between them, for example 123456789,987654321") from None


def people(value: tuple[int, ...]) -> tuple[int, ...]:
    """Telegram's numbers of people: no group, no channel, none of its own accounts."""
    if wrong := [each for each in value if each <= 0]:
        raise ValueError(f"{wrong[0]} is no person: below zero are groups and channels; write people's own numbers")
    if wrong := [each for each in value if each in TELEGRAMS_OWN]:
        raise ValueError(f"{wrong[0]} is an account of Telegram's own, behind which groups' admins write unnamed")
    return value


def zone(value: ZoneInfo) -> ZoneInfo:
    """A zone by its place. By POSIX a sign is turned round: Etc/GMT+7 lies 14 hours away from Hanoi."""
    if value.key.startswith(("Etc/GMT+", "Etc/GMT-")):
        raise ValueError(f"{value.key} means the other side of Greenwich; write a place: Asia/Ho_Chi_Minh")
    return value


def order(value: Any) -> Any:
    """Channels with commas, each once."""
    if not isinstance(value, str):
        return value
    found = tuple(part.strip().lower() for part in value.replace(";", ",").split(",") if part.strip())
    if wrong := [each for each in found if each not in CHANNELS or found.count(each) > 1]:
        raise ValueError(f"{wrong[0]}: write channels once each, with commas: {', '.join(CHANNELS)}")
    return found


def paths(value: Any) -> Any:
    """Files with commas."""
    return tuple(Path(part.strip()) for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def ladder(value: Any) -> Any:
    """Working days before a deadline, with commas."""
    if not isinstance(value, str):
        return value
    try:
        days = tuple(int(part) for part in value.split(",") if part.strip())
    except ValueError:
        raise ValueError("write whole numbers with commas, for example 15,7,3,1,0") from None
    if not days or any(day < 0 or day > 250 for day in days):
        raise ValueError("write whole numbers from 0 to 250 with commas, for example 15,7,3,1,0")
    return days


def columns(value: Any) -> Any:
    """Columns of a sheet, each as key=heading, with semicolons."""
    return widths.read(value) if isinstance(value, str) else value


def windows(value: Any) -> Any:
    """Times of a working day between which messages may leave."""
    if not isinstance(value, str):
        return value
    hint = "write windows as 07:30-10:30,13:30-16:30, each ending after it starts"
    try:
        found = tuple(
            (time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
            for start, end in (part.split("-") for part in value.split(",") if part.strip())
        )
    except ValueError:
        raise ValueError(hint) from None
    if not found or any(start >= end for start, end in found):
        raise ValueError(hint)
    return found


def weekday(value: str) -> str:
    """A weekday by its English name."""
    if value.strip().lower() not in WEEKDAYS:
        raise ValueError(f"write one of {', '.join(WEEKDAYS)}")
    return value.strip().lower()


def kept(value: Any) -> Any:
    """How many daily, weekly and monthly backups stay."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",")]
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise ValueError("write how many days, weeks and months to keep, for example 7,4,12")
    return tuple(int(part) for part in parts)


def level(value: str) -> str:
    """From which level on the log is written."""
    if value.upper() not in LEVELS:
        raise ValueError("write DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def rate(value: str) -> str:
    """Whose limits hold for sending."""
    if value not in ("telegram", "none"):
        raise ValueError("write telegram or none")
    return value


def proxy(value: SecretStr | None) -> SecretStr | None:
    """The address of a proxy, with its name and password where it wants them."""
    if value is not None and address(value.get_secret_value(), PROXIES) is None:
        raise ValueError(
            "write the proxy's address with http:// or socks5://, for example socks5://127.0.0.1:1080; a name and "
            "a password stand before an @"
        )
    return value


def monitor(value: SecretStr | None) -> SecretStr | None:
    """The address that an outside monitor gave."""
    if value is not None and address(value.get_secret_value(), ("https", "http")) is None:
        raise ValueError("write an address with https:// that the monitor gave you")
    return value


def host_and_port(value: str) -> tuple[str, int]:
    """An address to listen on, as 127.0.0.1:8081 or [::1]:8081."""
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.netloc != value or parts.username:
        raise ValueError("write an address and a port, for example 127.0.0.1:8081")
    return host, port


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    return host in ("localhost", "::1") or host.startswith("127.")


def address(value: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """The parts of an address with a host; None when it is none, or of another scheme."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in schemes and parts.hostname else None


Token = Annotated[SecretStr | None, BeforeValidator(empty_is_none)]
Place = Annotated[str, AfterValidator(place)]
Proxy = Annotated[SecretStr | None, BeforeValidator(empty_is_none), AfterValidator(proxy)]
PeopleIds = Annotated[tuple[int, ...], NoDecode, BeforeValidator(ids), AfterValidator(people)]
Paths = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(paths)]
Zone = Annotated[ZoneInfo, AfterValidator(zone)]
Columns = Annotated[tuple[tuple[str, str], ...], NoDecode, BeforeValidator(columns)]
Order = Annotated[tuple[str, ...], NoDecode, BeforeValidator(order)]
Ladder = Annotated[tuple[int, ...], NoDecode, BeforeValidator(ladder)]
Windows = Annotated[tuple[tuple[time, time], ...], NoDecode, BeforeValidator(windows)]
Weekday = Annotated[str, AfterValidator(weekday)]
Kept = Annotated[tuple[int, int, int], NoDecode, BeforeValidator(kept)]
Monitor = Annotated[SecretStr | None, BeforeValidator(empty_is_none), AfterValidator(monitor)]
Rate = Annotated[str, AfterValidator(rate)]
Level = Annotated[str, AfterValidator(level)]
