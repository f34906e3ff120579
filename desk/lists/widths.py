"""The list's columns by their keys, with their width in a sheet in characters: what a choice or a setting names."""

# What every row begins with, whatever else somebody chose.
FIRST = ("number", "code", "task")
# Those that can be chosen, in their order.
WIDTHS = {
    "number": 5.0, "code": 6.0, "task": 40.0, "agency": 16.0, "head": 18.0, "assignee": 18.0, "lead": 14.0,
    "coordinating": 14.0, "due": 12.0, "planned": 12.0, "left": 9.0, "state": 16.0, "product": 26.0, "result": 22.0,
    "evidence": 8.0, "blocked": 24.0, "progress": 22.0, "basis": 14.0, "section": 22.0, "period": 12.0, "kind": 12.0,
    "reminded": 8.0, "urged": 8.0, "returned": 8.0, "extensions": 8.0, "updated": 17.0,
}  # fmt: skip
# A column that another office's form has and nothing of ours fills.
EMPTY, EMPTY_WIDTH = "", 16.0
MOST = 40


def read(text: str) -> tuple[tuple[str, str], ...]:
    """The columns of another office's form, as `key=heading; key; =heading`: a key alone has our heading ("" here),
    a heading alone is a column that stays empty.

    Raises ValueError for a key that is none, with those there are.
    """
    parts = [each.partition("=") for each in text.split(";") if each.strip()]
    found = tuple((key.strip(), " ".join(heading.split())) for key, _, heading in parts)
    if wrong := [key for key, heading in found if key not in WIDTHS and not (key == EMPTY and heading)]:
        raise ValueError(
            f"«{wrong[0]}» is no column; write key=heading with semicolons, for example "
            f"number=STT; task=Nhiệm vụ; =Ghi chú. The keys: {', '.join(WIDTHS)}"
        )
    if len(found) > MOST:
        raise ValueError(f"write {MOST} columns at most, these are {len(found)}")
    return found
