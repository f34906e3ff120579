"""Says what was read in the words of the catalogue: places, questions and their answers, what was left out and why."""

import datetime
from typing import Any

from intake.draft import Doubt, Draft, MilestoneDraft, Place, TaskDraft, Values
from intake.errors import RefusedError
from words import times
from words.catalogue import Catalogue
from words.message import plain


def place(text: Catalogue, where: Place) -> str:
    """A place as a person looks it up: «trang 2, bảng 1, hàng 4»; "" for the document as a whole."""
    parts = [
        plain(text(f"intake_place.{name}", value=value))
        for name, value in (
            ("page", where.page),
            ("sheet", where.sheet),
            ("table", where.table),
            ("row", where.row),
            ("line", where.line),
        )
        if value
    ]
    if where.where != "body":
        parts.insert(0, plain(text(f"intake_place.{where.where}")))
    return ", ".join(parts)


def question(text: Catalogue, doubt: Doubt) -> str:
    """The question of a doubt in one sentence or two, with the file's own words."""
    if doubt.time is not None:
        alike = f" {plain(text('intake_ask.alike', places=len(doubt.alike) + 1))}" if doubt.alike else ""
        return times.question(text, doubt.time) + alike
    values = {name: _shown(value) for name, value in doubt.values.items()}
    return plain(
        text(
            f"intake_ask.{doubt.kind}",
            words=doubt.words,
            more=len(doubt.alike),
            alike=", ".join(doubt.alike),
            places=len(doubt.alike) + 1,
            **values,
        )
    )


def answers(text: Catalogue, doubt: Doubt) -> list[str]:
    """The answers to a doubt as their buttons say them, each with the day that it leads to."""
    if doubt.time is not None:
        return times.answers(text, doubt.time)
    return [
        plain(text(f"intake_answer.{each.key}", **{name: _shown(value) for name, value in each.values.items()}))
        for each in doubt.answers
    ]


def refusal(text: Catalogue, error: RefusedError) -> str:
    """Why a document is not read, and what to do instead."""
    return plain(text(f"intake_refused.{error.why}", **error.values))


def left_out(text: Catalogue, why: str) -> str:
    """Why words became nothing of the plan."""
    return plain(text(f"intake_left_out.{why}"))


def _shown(value: Values | Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else value


def as_json(text: Catalogue, draft: Draft) -> dict[str, Any]:
    """The draft as `plan read --json` gives it: dates ISO or null, names as printed, sentences of the catalogue."""
    head = draft.head
    return {
        "read": "draft",
        "why": None,
        "decision": {
            "number": head.number,
            "date": _iso(head.date),
            "issuer": head.issuer,
            "title": head.title,
            "year": head.year,
        },
        "sections": [{"id": each.id, "title": each.title} for each in draft.sections],
        "tasks": [_task(text, each) for each in draft.tasks],
        "duties": [_task(text, each) for each in draft.duties],
        "bodies": [{"name": each.name, "kind": each.kind, "printed": list(each.printed)} for each in draft.bodies],
        "filled_in": [
            {"about": each.about, "place": place(text, each.place), "printed": each.printed, "read": each.read}
            for each in draft.filled_in
        ],
        "left_out": [
            {"place": place(text, each.place), "words": each.words, "why": left_out(text, each.why)}
            for each in draft.left_out
        ],
        "doubts": [_doubt(text, each) for each in draft.doubts],
        "diff": [],
    }


def refused_json(text: Catalogue, error: RefusedError) -> dict[str, Any]:
    """A refusal as `plan read --json` gives it."""
    return {"read": "refused", "why": refusal(text, error), "kind": error.why}


def _task(text: Catalogue, task: TaskDraft) -> dict[str, Any]:
    return {
        "code": task.code,
        "code_assigned": task.code_assigned,
        "title": task.title,
        "section": task.section,
        "lead": list(task.lead),
        "leads": task.leads,
        "coordinating": list(task.coordinating),
        "monitor": list(task.monitor),
        "product": task.product,
        "printed_time": task.timing,
        "note": task.note,
        "parts": [
            {"title": part.title, "lead": list(part.lead), "coordinating": list(part.coordinating)}
            for part in task.parts
        ],
        "milestones": [
            {
                "kind": each.kind and str(each.kind),
                "printed": each.printed,
                "due": _iso(each.due),
                "start": _iso(each.start),
                "rule": _rule(each),
                "proposals": [day.isoformat() for day in each.proposals],
                "part": each.part or None,
            }
            for each in task.milestones
        ],
        "place": place(text, task.place),
    }


def _rule(milestone: MilestoneDraft) -> dict[str, Any] | None:
    """What recurs or what it counts from, as a plan file holds it."""
    if milestone.rule is not None:
        return milestone.rule.model_dump(mode="json")
    return {"every": milestone.every} if milestone.every else None


def _doubt(text: Catalogue, doubt: Doubt) -> dict[str, Any]:
    return {
        "about": doubt.about,
        "kind": doubt.kind,
        "place": place(text, doubt.place),
        "words": doubt.words,
        "question": question(text, doubt),
        "answers": answers(text, doubt),
        "alike": list(doubt.alike),
        "blocks": doubt.blocks,
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
