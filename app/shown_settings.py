"""The settings as a page may show them: in plain values, of a secret only whether it is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from app import withheld
from app.settings import SECRETS, Settings
from desk.installation import Setting, Shown
from store.engines.sqlite import sqlite_path

# An address may bear a name and a password before its host, or a key among what it asks.
CREDENTIALS = re.compile(r"://[^/@\s]+@|[?&][^=\s]*(?:pass|secret|token|key|pwd)[^=\s]*=", re.IGNORECASE)
# Where it is when nobody says where (`Settings`).
DATABASES = ("sqlite:///var/nhacviec.db", "sqlite:///var/sandbox.db")
SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE", re.IGNORECASE)


def shown(chosen: Settings) -> tuple[Setting, ...]:
    """Every setting, in the order of docs/settings.md; what may be a secret by its kind, name or look is one."""
    apart = not chosen.has_bot
    return tuple(_setting(chosen, name, apart=apart) for name in type(chosen).model_fields)


def _setting(chosen: Settings, name: str, *, apart: bool) -> Setting:
    value, field = getattr(chosen, name), type(chosen).model_fields[name]
    given = name in chosen.model_fields_set and value != field.default
    # In the screen's own process nobody can say whether it is set.
    if apart and name in withheld.NAMES and value is None:
        return Setting(name, Shown.WITHHELD)
    if name == "database_url" and (path := sqlite_path(value)) is not None:
        return Setting(name, Shown.PLAIN, str(path), value not in DATABASES)
    if _is_secret(name, field.annotation, value):
        return Setting(name, Shown.SECRET_SET if value else Shown.SECRET_UNSET, given=given)
    return _plain(name, value, given=given)


def _is_secret(name: str, annotation: Any, value: Any) -> bool:
    kept = name.upper() in SECRETS or SECRET_NAME.search(name) is not None
    return (
        kept or isinstance(value, SecretStr) or "SecretStr" in str(annotation) or bool(CREDENTIALS.search(str(value)))
    )


def _plain(name: str, value: Any, *, given: bool) -> Setting:
    if isinstance(value, bool):
        return Setting(name, Shown.YES if value else Shown.NO, given=given)
    if value is None or value in ("", ()):
        return Setting(name, Shown.NOTHING, given=given)
    if name == "telegram_admin_ids":
        return Setting(name, Shown.PEOPLE, str(len(value)), given)
    return Setting(name, Shown.PLAIN, _words(value), given)


def _words(value: Any) -> str:
    """A value as it is written in the environment."""
    match value:
        case time():
            return f"{value:%H:%M}"
        case datetime():
            return value.isoformat(timespec="minutes")
        case ZoneInfo():
            return value.key
        case str() | Path():
            return str(value)
        case float():
            return f"{value:g}"
        case [[str(), str()], *_]:
            return "; ".join(f"{key}={heading}" if heading else key for key, heading in value)
        case [[time() as first, time() as last], *rest]:
            return ", ".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in ((first, last), *rest))
        case Sequence():
            return ", ".join(_words(each) for each in value)
    return str(value)
