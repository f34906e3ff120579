"""Who may say what, and where, written down by hand: the program is held to this table, and the page shows it."""

from collections.abc import Mapping

ACTORS = ("stranger", "removed", "officer", "head", "admin")
PLACES = ("private", "linked group", "other group")
NOBODY = "-----"

# A letter for each actor in the order above: y has its effect, - is refused.
MATRIX: Mapping[str, tuple[str, str, str]] = {
    "tasks": ("--yy-", NOBODY, NOBODY),
    "done": ("--yy-", "--yy-", NOBODY),
    "progress": ("--yy-", "--yy-", NOBODY),
    "blocked": ("--yy-", "--yy-", NOBODY),
    "detail": ("--yyy", NOBODY, NOBODY),
    "undo": ("--yy-", "--yy-", NOBODY),
    "acknowledge": ("--yy-", "--yy-", NOBODY),
    "nothing": ("--yy-", "--yy-", NOBODY),
    "summary": ("----y", "--yyy", NOBODY),
    "overdue": ("----y", "--yyy", NOBODY),
    "invite": ("----y", NOBODY, NOBODY),
    "link": (NOBODY, "----y", "----y"),
    "people": ("----y", NOBODY, NOBODY),
    "revoke": ("----y", NOBODY, NOBODY),
    "begin": ("----y", NOBODY, NOBODY),
    "help": ("--yyy", "--yyy", NOBODY),
    "quiet": ("--yy-", NOBODY, NOBODY),
    # Of one's own data anybody may ask; a stranger reads that there are none.
    "mydata": ("yyyyy", NOBODY, NOBODY),
    "erase": ("yyyyy", NOBODY, NOBODY),
    # Without an invite's code a stranger reads whom to ask for one.
    "start": ("--yyy", NOBODY, NOBODY),
    # Only the button under the notice agrees, and only for whom the notice was shown to.
    "agree": (NOBODY, NOBODY, NOBODY),
    "pick": ("--yy-", "--yy-", NOBODY),
}


def table() -> str:
    """The matrix as a table in Markdown."""
    rows = [
        f"| command | {' | '.join(PLACES)} |",
        "|---|---|---|---|",
    ]
    for verb, rights in MATRIX.items():
        cells = [", ".join(actor for actor, may in zip(ACTORS, right, strict=True) if may == "y") for right in rights]
        rows.append(f"| `{verb}` | {' | '.join(cell or '–' for cell in cells)} |")
    return "\n".join(rows)
