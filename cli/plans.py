"""`plan show`, `read`, `import`, `time`, `check`, `diff`, `adopt`, and `preview`: a plan, and what would be sent."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app import office_settings, settings
from cli import conclusions, plan_cells, plan_changes, plan_corrections, plan_events, plan_export, plan_imports, reading
from cli.output import console, print_json, print_table
from plan import due as times
from plan import loader
from plan.check import check as check_plan
from plan.due import occurrences
from plan.model import Milestone, Plan, Question, Task
from plan.times.values import Time
from plan.workdays import Calendar
from progress import preview as previews
from words import times as in_words

app = typer.Typer(no_args_is_help=True)
app.command("diff")(plan_changes.diff)
app.command("adopt")(plan_changes.adopt)
app.command("opinion")(plan_cells.opinion)
app.command("cell")(plan_cells.cell)
app.command("happened")(plan_events.happened)
app.command("succeed")(plan_events.succeed)
Json = Annotated[bool, typer.Option("--json", help="Stable JSON instead of a table.")]


@app.command("show")
def show(json: Json = False) -> None:
    """Shows the plan: tasks, agencies, dates, and the questions that the document leaves open."""
    office = office_settings.office_of(settings.read())
    for plan in office.plans.values():
        if json:
            print_json(as_json(plan, office.calendar))
        else:
            _show(plan, office.calendar)


def _show(plan: Plan, calendar: Calendar) -> None:
    rows = [
        (task.code, task.short(60), task.lead_printed, ", ".join(_dates(plan, task, calendar)))
        for task in plan.all_tasks
    ]
    title = f"{plan.name} ({plan.decision.number}): {len(plan.tasks)} tasks"
    print_table(title, ("code", "task", "lead", "due"), rows)
    questions = [*plan.questions, *(question for task in plan.all_tasks for question in task.questions)]
    print_table(
        "Questions to the admin", ("about", "place", "question"), [(q.about, q.place, q.text) for q in questions]
    )


def _dates(plan: Plan, task: Task, calendar: Calendar) -> list[str]:
    found = []
    for milestone in task.milestones:
        for each in occurrences(plan, milestone, calendar):
            found.append(f"{each.due:%d/%m/%Y}" if each.due else str(milestone.kind))
    return found


def as_json(plan: Plan, calendar: Calendar) -> dict[str, Any]:
    """The plan as `plan show --json` gives it; dates ISO or null, names canonical, groups not expanded."""
    return {
        "plan": {
            "id": plan.id,
            "name": plan.name,
            "year": plan.year,
            "decision": plan.decision.model_dump(mode="json"),
            "sections": [section.model_dump(mode="json") for section in plan.sections],
        },
        "tasks": [_task(plan, task, calendar) for task in plan.tasks],
        "duties": [_task(plan, task, calendar) for task in plan.duties],
        "agencies": [
            {
                "id": agency.id,
                "name": agency.name,
                "basis": agency.basis,
                "groups": [group.id for group in plan.groups if agency.id in group.members],
            }
            for agency in plan.agencies
        ],
        "groups": [{"id": each.id, "name": each.name, "members": list(each.members)} for each in plan.groups],
        "questions": [_question(each) for each in plan.questions],
    }


def _task(plan: Plan, task: Task, calendar: Calendar) -> dict[str, Any]:
    names = plan.name_of
    return {
        "code": task.code,
        "code_assigned": task.code_assigned,
        "section": task.section,
        "title": task.title,
        "lead": [names(each) for each in task.lead],
        "coordinating": [names(each) for each in task.coordinating],
        "parts": [
            {
                "title": part.title,
                "lead": [names(each) for each in part.lead],
                "coordinating": [names(each) for each in part.coordinating],
            }
            for part in task.parts
        ],
        "product": task.product,
        "timing": task.timing,
        "milestones": [entry for milestone in task.milestones for entry in _milestones(plan, milestone, calendar)],
        "questions": [_question(each) for each in task.questions],
    }


def _milestones(plan: Plan, milestone: Milestone, calendar: Calendar) -> list[dict[str, Any]]:
    """One entry a milestone; of a periodic one each occurrence is listed under "occurrences"."""
    found = occurrences(plan, milestone, calendar)
    once = found[0].due if len(found) == 1 and not found[0].key else None
    entry: dict[str, Any] = {
        "id": milestone.id,
        "kind": str(milestone.kind),
        **_three_dates(once, calendar),
        "printed": milestone.printed,
    }
    if any(each.key for each in found):
        entry["occurrences"] = [{"key": each.key, **_three_dates(each.due, calendar)} for each in found]
    return [entry]


def _three_dates(due: date | None, calendar: Calendar) -> dict[str, str | None]:
    if due is None:
        return {"due": None, "anchor": None, "late_after": None}
    return {
        "due": due.isoformat(),
        "anchor": calendar.anchor(due).isoformat(),
        "late_after": calendar.late_after(due).isoformat(),
    }


def _question(question: Question) -> dict[str, str]:
    return question.model_dump(mode="json")


app.command("read")(reading.read)
app.command("import")(plan_imports.import_)
app.command("drafts")(plan_imports.drafts)
app.command("questions")(plan_imports.questions)
app.command("answer")(plan_imports.answer)
app.command("export")(plan_export.export)
app.command("assign")(conclusions.assign)
app.command("putright")(plan_corrections.put_right)


@app.command("check")
def check(file: Annotated[Path, typer.Argument(help="A plan as JSON.")]) -> None:
    """Checks a plan: every fault at once, with its place and what to do; words and dates must agree."""
    plan = loader.load(file)
    source = file.with_name(f"decision_{plan.year}.txt")
    faults = check_plan(plan, source.read_text("utf-8") if source.exists() else None)
    for fault in faults:
        console().print(f"{fault.place}: {fault.what}. {fault.do}", markup=False, highlight=False)
    if faults:
        raise typer.Exit(1)
    against = f", compared with {source.name}" if source.exists() else ""
    console().print(f"{file.name}: {len(plan.tasks)} tasks, no faults{against}", markup=False, highlight=False)


@app.command("time")
def time(
    words: Annotated[str, typer.Argument(help="The time as a plan prints it.")],
    signed: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which the document was signed.")],
    year: Annotated[int | None, typer.Option(help="The plan's year.", min=2000, max=2100)] = None,
    head: Annotated[str, typer.Option(help="The head of the column in which it stands.")] = "",
    same_day: Annotated[bool, typer.Option("--same-day", help="«trước ngày X» holds until the end of X.")] = False,
    json: Json = False,
) -> None:
    """Says what would be read from the printed words of a time, and what would be asked."""
    text = office_settings.office_of(settings.read()).text
    found = times.read_times(words, signed.date(), year, head=head, before_means_the_day=same_day)
    doubt = found.doubt and {
        "question": in_words.question(text, found.doubt),
        "answers": in_words.answers(text, found.doubt),
    }
    if json:
        print_json({"milestones": [_time(each) for each in found.times], "doubt": doubt})
        return
    for each in found.times:
        console().print(f"{each.words}: {in_words.in_words(text, each)}", markup=False, highlight=False)
    for line in (doubt["question"], *doubt["answers"]) if doubt else ():
        console().print(str(line), markup=False, highlight=False)


def _time(time: Time) -> dict[str, Any]:
    """One time that was read: its date ISO, its rule as a plan file holds it."""
    rule: dict[str, Any] | None = time.rule.model_dump(mode="json") if time.rule else None
    return {
        "kind": str(time.kind),
        "due": time.due.isoformat() if time.due else None,
        "rule": rule or ({"every": time.every} if time.every else None),
        "words": time.words,
        **({"start": time.start.isoformat()} if time.start else {}),
    }


def preview(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    json: Json = False,
) -> None:
    """The messages that would go out if nobody answered."""
    office = office_settings.office_of(settings.read())
    messages = previews.preview(office, first.date(), last.date())
    if json:
        print_json(
            [
                {
                    "date": each.day.isoformat(),
                    "time": f"{each.time:%H:%M}",
                    "agency": each.agency,
                    "items": [
                        {
                            "code": item.code,
                            "milestone": item.milestone,
                            "rung": item.rung,
                            "due": item.due.isoformat() if item.due else None,
                        }
                        for item in each.items
                    ],
                }
                for each in messages
            ]
        )
        return
    rows = [
        (
            f"{each.day:%d/%m/%Y} {each.time:%H:%M}",
            office.agency_short(each.agency),
            ", ".join(
                f"{item.code} ({item.rung:+d})" if item.rung is not None else f"{item.code} (?)" for item in each.items
            ),
        )
        for each in messages
    ]
    print_table("Messages if nobody answers (working days to the deadline)", ("when", "agency", "items"), rows)
