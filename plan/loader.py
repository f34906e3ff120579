"""Reads a plan file and answers with the plan, or with every fault of the file at once."""

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from plan import references
from plan.errors import Fault, PlanError
from plan.json_text import parse
from plan.model import Plan

LIMIT_BYTES = 5_000_000


def load(path: Path) -> Plan:
    """Reads a plan from a JSON file in UTF-8; raises PlanError with all faults of the file."""
    try:
        # The size is asked first: a file of 50 MB is no plan and must not fill the memory.
        _refuse_large(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        what = f"the plan file {path} cannot be read ({error.strerror})"
        raise PlanError([Fault("", what, "Check the path and that this user may read it.")]) from error
    return loads(data)


# The same bytes are the same plan, and it is frozen: reading it takes as long as a hundred queries.
@lru_cache(4)
def loads(data: bytes) -> Plan:
    """Reads a plan from the bytes of a JSON file in UTF-8, with or without a byte order mark; all strings become NFC.

    Raises PlanError with all faults at once; nothing is guessed or repaired.
    """
    _refuse_large(len(data))
    try:
        raw, found = parse(data)
        return _build(raw, found)
    except RecursionError as error:
        raise PlanError([Fault("", "the file is nested too deeply", "A plan needs six levels at most.")]) from error


def schema() -> dict[str, Any]:
    """The JSON schema of a plan file, generated from the models; docs/plan.schema.json is its printed form."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Plan.model_json_schema()}


def schema_text() -> str:
    """The schema as the text of docs/plan.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _build(raw: Any, found: list[Fault]) -> Plan:
    faults = list(found)
    if isinstance(raw, dict):
        faults += references.faults(raw)
    plan = None
    try:
        # By way of JSON text, because the strict rules of JSON take "2020-01-31" for a date and nothing else.
        plan = Plan.model_validate_json(json.dumps(raw), strict=True)
    except ValidationError as error:
        faults += [_explain(dict(item)) for item in error.errors()]
    if plan is None or faults:
        raise PlanError(dict.fromkeys(faults))
    return plan


def _refuse_large(size: int) -> None:
    if size > LIMIT_BYTES:
        what = f"the file has {size / 1e6:.1f} MB, a plan has at most {LIMIT_BYTES // 1_000_000} MB"
        raise PlanError([Fault("", what, "Check that this is the plan file and not, for instance, a scan.")])


_HINTS = {
    "missing": ("the key is missing", "Add it; docs/plan.schema.json describes it."),
    "extra_forbidden": ("unknown key", "Correct its spelling or remove it; docs/plan.schema.json lists the keys."),
    "enum": ("unknown kind", "Use one of dated, ongoing, periodic, undated, event."),
    "string_type": ("no text stands here", "Write a text in quotes."),
    "string_too_short": (
        "the text is empty",
        "Write the words of the decision, or remove the key if it may be missing.",
    ),
    "tuple_type": ("no list stands here", "Write a list in [ ], also for a single entry."),
    "int_type": ("no whole number stands here", "Write a whole number without quotes."),
    "model_type": ("no object stands here", "Write an object in { }."),
    "bool_type": ("neither true nor false", "Write true or false without quotes."),
    "string_pattern_mismatch": ("the id or code has a letter that is not allowed", ""),
}


def _explain(item: dict[str, Any]) -> Fault:
    place = _place(item["loc"])
    context = item.get("ctx") or {}
    kind = item["type"]
    if kind == "plan_rule":
        return Fault(place, context["what"], context["do"])
    if kind.startswith("date"):
        return Fault(place, f"«{item['input']}» is no date", "Write a day that exists as year-month-day: 2020-01-31.")
    what, do = _HINTS.get(kind, (item["msg"], "See docs/plan.schema.json for what may stand here."))
    if kind == "string_pattern_mismatch":
        return Fault(place, f"«{item['input']}» is not allowed here", f"It must match {context['pattern']}.")
    return Fault(place, what, do)


def _place(loc: tuple[int | str, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return text.removeprefix(".")


if __name__ == "__main__":
    sys.stdout.write(schema_text())
