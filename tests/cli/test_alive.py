"""`alive`, as a container's health check asks it, and `--help`, as everybody does first."""

from datetime import timedelta
from pathlib import Path

from app.clock import machine_now, set_clock
from cli import main
from store import settings
from store.engine import Store
from tests.cli.command import nhacviec


def beat(store: Store, who: str, minutes_ago: int, offset: timedelta = timedelta()) -> None:
    """A sign of life on the service's clock."""
    with store.unit() as session:
        settings.beat(session, who, machine_now() + offset - timedelta(minutes=minutes_ago))


def test_a_fresh_sign_of_life_of_the_process_that_is_asked_for(store: Store, tmp_path: Path) -> None:
    def alive(*only: str, code: int) -> str:
        return nhacviec(tmp_path, "alive", *only, code=code, DATABASE_URL=store.url)

    assert alive(code=1) == ""
    beat(store, "scheduler", 14)
    alive(code=0)
    alive("--only", "scheduler", code=0)
    alive("--only", "bot", code=1)
    beat(store, "poll", 16)
    alive("--only", "bot", code=1)
    assert "gone.db does not answer" in nhacviec(tmp_path, "alive", code=1, DATABASE_URL="sqlite:///gone.db")
    assert "LOG_LEVEL: write DEBUG" in nhacviec(tmp_path, "alive", code=2, LOG_LEVEL="loud")


def test_a_moved_clock_is_followed_where_the_service_follows_it(store: Store, tmp_path: Path) -> None:
    ago = timedelta(days=-300)
    set_clock(store, machine_now() + ago)
    beat(store, "poll", 1, ago)
    nhacviec(tmp_path, "alive", DATABASE_URL=store.url)
    token = "123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi"
    nhacviec(tmp_path, "alive", code=1, DATABASE_URL=store.url, TELEGRAM_BOT_TOKEN=token)


def test_the_list_of_commands_says_what_each_says_of_itself(tmp_path: Path) -> None:
    listed = {name: sentence for name, (_, sentence) in main.COMMANDS.items()}
    assert {name: main.load(name).help.partition("\n\n")[0] for name in listed} == listed
    assert all(name in nhacviec(tmp_path, "--help") for name in listed)


def test_a_command_that_is_none_is_answered_with_one_that_is(tmp_path: Path) -> None:
    assert "Did you mean 'report'" in nhacviec(tmp_path, "repot", code=2)
