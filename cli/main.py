"""The command `nhacviec`: every command by its name; what one needs is loaded when it is the one that was asked for."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from plan.errors import NhacViecError

# Where a command is, and its sentence in `nhacviec --help`: its own first one, which is read without loading it.
COMMANDS = {
    "run": (
        "cli.service:run",
        "Runs the service: against Telegram with TELEGRAM_BOT_TOKEN, Zalo with ZALO_BOT_TOKEN, otherwise the sandbox.",
    ),
    "sandbox": ("cli.service:sandbox", "Runs everything without Telegram, and prints the address of the page."),
    "preview": ("cli.plans:preview", "The messages that would go out if nobody answered."),
    "invite": ("cli.people:invite", "Prints a one-time invite for an agency: a link, or on Zalo a code that is typed."),
    "invites": (
        "cli.people:invites",
        "Writes the pages that invite everybody on the list; each gets a new link, and one printed before ends.",
    ),
    "summary": (
        "cli.reports:summary",
        "The summary at this moment: the boxes, by section and by agency, the overdue ones oldest first.",
    ),
    "report": (
        "cli.papers:report",
        "Writes a period's report: .docx to sign, .xlsx, .csv of its rows and its history, .json and pictures.",
    ),
    "reports": ("cli.papers:reports", "Lists the reports that were issued, in the order in which they were made."),
    "letter": (
        "cli.papers:letter",
        "Writes the draft of a letter that urges an agency (công văn đôn đốc); exit code 1 where nothing is late.",
    ),
    "dossier": (
        "cli.archive:dossier",
        "Writes the evidence file: contents, evidence, SHA-256 list. The choices narrow each other; one at least.",
    ),
    "proof": (
        "cli.archive:proof",
        "Writes the proof sheet of one obligation: who was told when and why, what was answered and decided.",
    ),
    "backup": (
        "cli.keeping:backup",
        "Copies the whole database while the service runs, verifies the copy, and encrypts it with a key.",
    ),
    "restore": (
        "cli.keeping:restore",
        "Makes a new database from a backup, verified; it asks the admins before it serves. Nothing when it fails.",
    ),
    "move": (
        "cli.moving:move",
        "Carries the whole record into another, empty database; refused while it is served, all of it or nothing.",
    ),
    "serve": (
        "cli.keeping:serve",
        "Says that this copy of the service is the one that serves, as an admin's answer in the chat does.",
    ),
    "retention": (
        "cli.keeping:retention",
        "Drops what is kept long enough (RETENTION_… in the settings); the service does it each day.",
    ),
    "doctor": (
        "cli.doctor:doctor",
        "Checks token, database, plan, calendar, people, clock and disk; ends with 1 when something is at fault.",
    ),
    "alive": (
        "cli.alive:alive",
        "Ends with 0 when the service gave a sign of life within 15 minutes, otherwise with 1.",
    ),
    "plan": ("cli.plans:app", "The plan: show it, read a document or a printed time, check it, adopt what changed."),
    "way": (
        "cli.ways:way",
        "Prints a one-time code by which somebody who has a role gets a further way, or a new account on one.",
    ),
    "people": ("cli.people:app", "People in one go: invite everybody on a list; confirm a new admin."),
    "desk": (
        "cli.desk:app",
        "The office's screen: a code with which somebody sets a passphrase that needs no second admin.",
    ),
    "zalo": ("cli.zalo:app", "Zalo: what the real platform does where its documentation leaves two readings."),
    "office": ("cli.offices:app", "Several offices in one installation: add, list, stop, start and remove one."),
    "work": (
        "cli.offices:work",
        "Serves the offices of the installation, its share of them where there are other workers, in one process.",
    ),
    "pages": (
        "cli.offices:pages",
        "Serves the screens of all offices, their pages to answer on and their webhooks in one process, and the board.",
    ),
    "audit": ("cli.audit:app", "Who decided what: show it, verify that nothing was changed."),
}


# They serve one office by themselves, at addresses of its own.
SERVE_ALONE = ("run", "sandbox")


class OnDemand(TyperGroup):
    """A group that knows its commands by name and sentence, and loads the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The name, the command itself and the rest of the line; a name that is none ends with a sentence."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and load(name or ""), rest


def load(name: str) -> Any:
    """The command of a name, or the group of commands, with its options and its whole help."""
    where, sentence = COMMANDS[name]
    module, _, attribute = where.partition(":")
    found, alone = getattr(import_module(module), attribute), typer.Typer(add_completion=False)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name, help=sentence)
    else:
        alone.command(name)(found)
    return get_group(alone).commands[name]


app = typer.Typer(
    cls=OnDemand,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Nhắc Việc: reminders for a public office's action plan.",
)


@app.callback()
def _whole(
    context: typer.Context,
    office: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="One office of several: its settings hold, with what is set for all."),
    ] = None,
) -> None:
    if office is not None:
        # Loaded where used: with one office there are none to choose from.
        from app.offices import enter

        enter(office, alone=context.invoked_subcommand in SERVE_ALONE)


for _name, (_, _sentence) in COMMANDS.items():
    app.command(_name, help=_sentence)(lambda: None)


def main() -> None:
    """Runs the command that was asked for."""
    carry_out(app)


def carry_out(command: Callable[[], object]) -> None:
    """Runs a command; a fault of the operator's is a sentence, never a traceback."""
    # What is written here (the record, backups, evidence, links of invites) is for the service's own user.
    os.umask(0o077)
    try:
        command()
    except NhacViecError as error:
        # Loaded where used: rich is a tenth of a second.
        from cli.output import console

        console(stderr=True).print(f"{error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
