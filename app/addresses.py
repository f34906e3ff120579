"""Where the pages of one office of several are found: under the installation's name, or one of the office's own."""

from urllib.parse import urlsplit

from app.installation_settings import Installation
from app.settings import Settings


def placed(chosen: Settings, name: str, to: Installation | None = None) -> Settings:
    """An office's settings as it is served beside others: it listens nowhere itself, and its links lead to where the
    installation's pages are; an address of its own (DESK_URL, PUBLIC_URL) stays. It takes no more room than the
    installation gives each.
    """
    to = to or Installation()
    return chosen.model_copy(
        update={
            "database_gb": min(chosen.database_gb, to.most_gb or chosen.database_gb),
            "messages_per_month": chosen.messages_per_month or to.most_messages,
            "health_listen": "",
            "webhook_listen": "",
            "zalo_webhook_listen": "",
            "desk_listen": to.pages_listen,
            "desk_url": _own(chosen.desk_url, to.pages_address) or to.screen_of(name),
            "answer_listen": to.answers_listen,
            "public_url": (_own(chosen.public_url, to.answers_url) or to.answers_of(name)) if to.answers_listen else "",
        }
    )


def _own(url: str, installations: str) -> str:
    """An office's own address; "" for the installation's name, which is nobody's alone."""
    return url if netloc(url) != netloc(installations) else ""


def netloc(url: str) -> str:
    """The name in an address, with its port where it has one."""
    return urlsplit(url).netloc.casefold()
