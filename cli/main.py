"""The command `nhacviec`."""

import sys

import typer

from cli import alive, archive, audit, doctor, keeping, papers, people, plans, reports, service
from cli.output import console
from plan.errors import NhacViecError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Nhắc Việc: reminders for a public office's action plan.",
)
app.command("run")(service.run)
app.command("sandbox")(service.sandbox)
app.add_typer(plans.app, name="plan", help="The plan: show it, check it.")
app.command("preview")(plans.preview)
app.command("invite")(people.invite)
app.command("invites")(people.invites)
app.add_typer(people.app, name="people", help="People in one go: invite everybody on a list.")
app.command("summary")(reports.summary)
app.command("report")(papers.report)
app.command("reports")(papers.reports)
app.command("letter")(papers.letter)
app.command("dossier")(archive.dossier)
app.command("proof")(archive.proof)
app.add_typer(audit.app, name="audit", help="Who decided what: show it, verify that nothing was changed.")
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("retention")(keeping.retention)
app.command("doctor")(doctor.doctor)
app.command("alive")(alive.alive)


def main() -> None:
    """Runs the command; a fault of the operator's is a sentence, never a traceback."""
    try:
        app()
    except NhacViecError as error:
        console(stderr=True).print(f"{error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
