"""Who may say what, and where, written down by hand: the program is held to this table, and the page shows it."""

from collections.abc import Mapping

ACTORS = ("stranger", "removed", "officer", "head", "admin")
PLACES = ("private", "linked group", "other group")
NOBODY = "-----"

# A letter for each actor in the order above: y has its effect, - is refused.
MATRIX: Mapping[str, tuple[str, str, str]] = {
    "tasks": ("--yy-", NOBODY, NOBODY),
    "done": ("--yyy", "--yyy", NOBODY),
    "progress": ("--yy-", "--yy-", NOBODY),
    "blocked": ("--yy-", "--yy-", NOBODY),
    "cause": ("--yyy", "--yyy", NOBODY),
    "ask": ("--yy-", "--yy-", NOBODY),
    "detail": ("--yyy", NOBODY, NOBODY),
    "extend": ("--yy-", "--yy-", NOBODY),
    "notours": ("--yy-", "--yy-", NOBODY),
    "correct": ("--yy-", "--yy-", NOBODY),
    "snooze": ("--yy-", NOBODY, NOBODY),
    "history": ("--yyy", NOBODY, NOBODY),
    "log": ("----y", NOBODY, NOBODY),
    "evidence": ("--yyy", NOBODY, NOBODY),
    "attach": ("--yyy", NOBODY, NOBODY),
    "takeout": ("--yyy", NOBODY, NOBODY),
    "sendfiles": ("--yy-", NOBODY, NOBODY),
    "grant": ("----y", NOBODY, NOBODY),
    "waiting": ("----y", NOBODY, NOBODY),
    "refuse": ("----y", NOBODY, NOBODY),
    "taken": ("----y", NOBODY, NOBODY),
    "reply": ("----y", NOBODY, NOBODY),
    "takeback": ("--yyy", "--yyy", NOBODY),
    "leave": ("--yyy", "--yyy", NOBODY),
    "clarify": ("--yyy", "--yyy", NOBODY),
    "undo": ("--yy-", "--yy-", NOBODY),
    "confirm": ("---yy", NOBODY, NOBODY),
    "return": ("---yy", NOBODY, NOBODY),
    # Of the own agency's work; of any for an admin.
    "assignee": ("---yy", NOBODY, NOBODY),
    "acknowledge": ("--yy-", "--yy-", NOBODY),
    "nothing": ("--yy-", "--yy-", NOBODY),
    # In private a head reads the own agency's figures.
    "summary": ("---yy", "--yyy", NOBODY),
    # In private an officer and a head see their own agency's year.
    "chart": ("--yyy", "--yyy", NOBODY),
    "overdue": ("---yy", "--yyy", NOBODY),
    # Of the own agency, who reads all of anything; a document to be signed is no message for a group.
    "report": ("--yyy", NOBODY, NOBODY),
    "letter": ("----y", NOBODY, NOBODY),
    # Of the own agency's work; of any for an admin.
    "proof": ("--yyy", NOBODY, NOBODY),
    "comment": ("--yy-", NOBODY, NOBODY),
    "remark": ("----y", NOBODY, NOBODY),
    "dossier": ("----y", NOBODY, NOBODY),
    "urge": ("----y", NOBODY, NOBODY),
    "invite": ("----y", NOBODY, NOBODY),
    "link": (NOBODY, "----y", "----y"),
    "people": ("----y", NOBODY, NOBODY),
    "revoke": ("----y", NOBODY, NOBODY),
    "away": ("--y--", NOBODY, NOBODY),
    "move": ("----y", NOBODY, NOBODY),
    "desk": ("--yyy", NOBODY, NOBODY),
    "language": ("--yyy", NOBODY, NOBODY),
    "channels": ("--yyy", NOBODY, NOBODY),
    "mailbox": ("----y", NOBODY, NOBODY),
    "handover": ("----y", NOBODY, NOBODY),
    "begin": ("----y", NOBODY, NOBODY),
    "setdate": ("----y", NOBODY, NOBODY),
    "putright": ("----y", NOBODY, NOBODY),
    # Of the own agency's work; of any for an admin.
    "happened": ("--yyy", NOBODY, NOBODY),
    "suspend": ("----y", NOBODY, NOBODY),
    "resume": ("----y", NOBODY, NOBODY),
    "transfer": ("----y", NOBODY, NOBODY),
    "end": ("----y", NOBODY, NOBODY),
    "assign": ("----y", NOBODY, NOBODY),
    "dayoff": ("----y", NOBODY, NOBODY),
    "workday": ("----y", NOBODY, NOBODY),
    "paper": ("----y", NOBODY, NOBODY),
    "plan": ("----y", NOBODY, NOBODY),
    "serve": ("----y", NOBODY, NOBODY),
    "judge": ("----y", NOBODY, NOBODY),
    "help": ("--yyy", "--yyy", NOBODY),
    "quiet": ("--yy-", NOBODY, NOBODY),
    # Of one's own data anybody may ask; a stranger reads that there are none.
    "mydata": ("yyyyy", NOBODY, NOBODY),
    "erase": ("yyyyy", NOBODY, NOBODY),
    # Without an invite's code a stranger reads whom to ask for one.
    "start": ("--yyy", NOBODY, NOBODY),
    # Only the button under the notice agrees, and only for whom the notice was shown to.
    "agree": (NOBODY, NOBODY, NOBODY),
    "pick": ("--yyy", "--yyy", NOBODY),
}
# A leader reads and changes nothing: a letter for each place; what is not named is refused everywhere.
LEADER: Mapping[str, str] = {
    "detail": "y--",
    "history": "y--",
    "evidence": "y--",
    "summary": "yy-",
    "chart": "yy-",
    "overdue": "yy-",
    "report": "y--",
    "help": "yy-",
    "leave": "yy-",
    "mydata": "y--",
    "desk": "y--",
    "language": "y--",
    "channels": "y--",
    "erase": "y--",
    "start": "y--",
}


def of_leader(verb: str) -> str:
    """What a leader may, a letter for each place."""
    return LEADER.get(verb, "---")


def table() -> str:
    """The matrix as a table in Markdown."""
    rows = [
        f"| command | {' | '.join(PLACES)} |",
        "|---|---|---|---|",
    ]
    for verb, rights in MATRIX.items():
        cells = []
        for right, leader in zip(rights, of_leader(verb), strict=True):
            pairs = zip((*ACTORS, "leader"), right + leader, strict=True)
            cells.append(", ".join(actor for actor, may in pairs if may == "y"))
        rows.append(f"| `{verb}` | {' | '.join(cell or '–' for cell in cells)} |")
    return "\n".join(rows)
