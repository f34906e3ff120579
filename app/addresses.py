"""Where the pages of an office of several are found: under the installation's name, or under one of the office's own."""

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
            "health_listen": "",
            "webhook_listen": "",
            "zalo_webhook_listen": "",
            "desk_listen": to.pages_listen,
            "desk_url": (chosen.desk_url or to.screen_of(name)) if to.pages_listen else "",
            "answer_listen": to.answers_listen,
            "public_url": (chosen.public_url or to.answers_of(name)) if to.answers_listen else "",
        }
    )
