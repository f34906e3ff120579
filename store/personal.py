"""The registry of personal data: what every column may hold of a person, whose it is, and what erasing does with it.

Erasing and "what is kept about me" (store/privacy.py) follow it; a test fails for a column that is not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from sqlmodel import SQLModel

from store import answer_tables as answered
from store import desk_tables as desk
from store import import_tables as imported
from store import letter_tables as lettered
from store import link_tables as linked
from store import people_tables as who
from store import plan_tables as planned
from store import report_tables as written
from store import tables as work


class Holds(Flag):
    """What of a person a column may hold."""

    NOTHING = 0
    PERSON = auto()  # the number of their row, which says nothing once name and account are gone
    NAME = auto()
    ACCOUNT = auto()  # what a platform calls them, their chat, or a message or file of theirs
    WORDS = auto()  # what they wrote
    FILE = auto()  # what they sent
    FACT = auto()  # something about them: a wish for quiet, a language, a role


class Then(StrEnum):
    """What erasing does with a column."""

    STAYS = "stays"  # the office's record of the work, or nothing of a person
    EMPTIED = "emptied"  # NULL, or no letters
    UNNAMED = "unnamed"  # "erased:7": still unique, and says nothing
    RENAMED = "renamed"  # the words that stand for somebody who was erased
    ROW = "row"  # its whole row goes
    LATER = "later"  # emptied once the message has left, or the bytes of the file are here


# Whose it is where no column says so: matched by the person's accounts (store/privacy.py), or nobody's who is here.
BY_ACCOUNT, NOBODY = "an account", "nobody"


@dataclass(frozen=True)
class Personal:
    """A column: `of` names the column of its table that holds whose it is, or says how that is found."""

    holds: Holds
    then: Then = Then.STAYS
    of: str = "person_id"


def _nothing(*names: str) -> dict[str, Personal]:
    return dict.fromkeys(names, Personal(Holds.NOTHING, of=NOBODY))


def _person(*names: str) -> dict[str, Personal]:
    return {name: Personal(Holds.PERSON, of=name) for name in names}


def _words(*names: str, of: str = "person_id") -> dict[str, Personal]:
    """What somebody wrote for the record of the work."""
    return dict.fromkeys(names, Personal(Holds.WORDS, of=of))


SOURCE = {"source": Personal(Holds.ACCOUNT, Then.UNNAMED)}
ALBUM = {"album": Personal(Holds.ACCOUNT, Then.EMPTIED)}

REGISTRY: Mapping[type[SQLModel], Mapping[str, Personal]] = {
    work.Setting: {"key": Personal(Holds.ACCOUNT, Then.ROW, BY_ACCOUNT), **_nothing("value")},
    work.Lease: _nothing("name", "holder", "epoch", "until"),
    work.AuditEntry: _nothing("id", "at", "via", "action", "previous", "hash")
    | _person("actor")
    | {"subject": Personal(Holds.PERSON, of=NOBODY)}
    | _words("detail", of="actor"),
    # The names that the office's own document prints.
    planned.PlanRow: _nothing("id", "digest", "first_synced_at", "synced_at", "start")
    | {"content": Personal(Holds.NAME, of=NOBODY)},
    planned.PlanVersion: _nothing("id", "plan_id", "digest", "synced_at")
    | {"content": Personal(Holds.NAME, of=NOBODY)},
    planned.PlanDraft: _nothing("id", "plan_id", "digest", "told", "made_at", "via", "state", "decided_at")
    | _nothing("import_id", "basis")
    | _person("decided_by")
    | {"content": Personal(Holds.NAME, of=NOBODY)},
    planned.PlanCorrection: _nothing("id", "plan_id", "work", "code", "at", "via")
    | {"was": Personal(Holds.NAME, of=NOBODY), "becomes": Personal(Holds.NAME, of=NOBODY)}
    | _person("person_id")
    | _words("why"),
    planned.AgencyRow: _nothing("id", "name"),
    imported.PlanImport: _nothing(
        *("id", "made_at", "via", "state", "channel", "attempts", "not_before", "why", "sha256", "plan_id"),
        "decided_at",
    )
    | _person("made_by", "decided_by")
    | {
        "source": Personal(Holds.ACCOUNT, Then.UNNAMED, "made_by"),
        "file_id": Personal(Holds.ACCOUNT, Then.EMPTIED, "made_by"),
        # What the office's own document prints, and what its file is called.
        "name": Personal(Holds.WORDS, of="made_by"),
        "draft": Personal(Holds.NAME, of=NOBODY),
    },
    imported.PlanAnswer: _nothing("id", "import_id", "question", "choice", "at", "via")
    | _person("person_id")
    | _words("words"),
    work.Obligation: _nothing(
        *(
            "id",
            "plan_id",
            "work",
            "task",
            "milestone",
            "occurrence",
            "agency_id",
            "kind",
            "due",
            "state",
            "done_at",
            "planned",
            "first_due",
            "signing",
        ),
        *("kept_at", "returned_at", "acknowledged_at", "extensions", "judged", "retired_from", "origin", "cause"),
    )
    | _words("progress", "blocked", "returned", "said", "why_late", "ruled", of=NOBODY),
    work.ObligationEvent: _nothing("id", "obligation_id", "kind", "at", "recorded_at", "via", "due", "submission_id")
    | _person("person_id")
    | _words("note"),
    work.Inbox: _nothing("id", "channel", "key", "received_at", "state", "attempts", "not_before", "error", "acted")
    | {"raw": Personal(Holds.NAME | Holds.ACCOUNT | Holds.WORDS, Then.EMPTIED, BY_ACCOUNT)}
    | {"message": Personal(Holds.ACCOUNT, Then.EMPTIED, BY_ACCOUNT)},
    work.Delivery: _nothing(
        *("id", "created_at", "kind", "priority", "why", "occasion", "day", "page", "first_id", "channel", "in_group"),
        *("topic", "submission_id", "obligation_id", "state", "not_before", "attempts", "doubts", "lease_token"),
        *("lease_until", "sent_at", "last_error", "reported", "moved_from"),
    )
    | _person("person_id")
    | {
        # What their messages caused bears the chat in its identity.
        "identity": Personal(Holds.ACCOUNT, Then.UNNAMED, "caused_by"),
        "caused_by": Personal(Holds.PERSON, Then.EMPTIED, "caused_by"),
        "chat": Personal(Holds.ACCOUNT, Then.LATER),
        "message_id": Personal(Holds.ACCOUNT, Then.LATER),
        "reply_to": Personal(Holds.ACCOUNT, Then.LATER),
        "body": Personal(Holds.NAME | Holds.WORDS, Then.LATER),
    },
    work.Reminder: _nothing("id", "obligation_id", "due", "step", "rung", "delivery_id", "skipped")
    | _person("person_id"),
    answered.Submission: _nothing(
        "id", "obligation_id", "at", "recorded_at", "via", "withdrawn_at", "on_behalf", "nothing_arose", "handed_on"
    )
    | _person("person_id")
    | SOURCE
    | ALBUM
    | _words("note", "handed_way", "product_number", "product_date", "product_title"),
    answered.Unclear: _nothing(
        "id", "obligation_id", "at", "via", "files", "says", "share", "day", "settled_at", "settled_as"
    )
    | _person("person_id", "settled_by")
    | SOURCE
    | ALBUM
    | _words("note", "way"),
    answered.Request: _nothing(
        "id", "kind", "obligation_id", "submission_id", "asked_at", "wanted", "late", "state", "decided_at"
    )
    | _person("person_id", "decided_by")
    | SOURCE
    | _words("reason")
    | _words("answer", of="decided_by")
    # Who holds an office and ruled by a document of that office, as it names them.
    | {"ruled_by": Personal(Holds.NAME, of=NOBODY)}
    | _nothing("ruled_post", "ruled_number", "ruled_on"),
    answered.Contribution: _nothing("id", "plan_id", "task", "agency_id", "at")
    | _person("person_id")
    | SOURCE
    | _words("note"),
    planned.OfficeDay: _nothing("id", "day", "kind", "set_at", "undone_at")
    | _person("set_by")
    | _words("name", "basis", of="set_by"),
    work.Outage: _nothing("id", "since", "until"),
    # The same bytes may have come from several people: whose they are the evidence says.
    answered.Blob: _nothing("sha256", "size") | {"data": Personal(Holds.FILE, of=NOBODY)},
    answered.Evidence: _nothing(
        *("id", "submission_id", "contribution_id", "channel", "kind", "mime", "size", "sent_at", "sha256", "state"),
        *("attempts", "not_before", "asked_at", "error", "content", "obligation_id", "left_at", "told_at"),
        *("removed_at", "removed_hash", "request_id", "opinion_id"),
    )
    | _person("person_id", "removed_by")
    | _words("removed_why", of="removed_by")
    | SOURCE
    | ALBUM
    | _words("name", "caption")
    | dict.fromkeys(("file_id", "unique_id"), Personal(Holds.ACCOUNT, Then.LATER)),
    work.Question: _nothing("id", "kind", "channel", "asked_at")
    | _person("person_id")
    | {
        "chat": Personal(Holds.ACCOUNT, Then.ROW),
        "data": Personal(Holds.WORDS | Holds.ACCOUNT, Then.ROW),
    },
    work.Rate: {"key": Personal(Holds.ACCOUNT, Then.LATER, BY_ACCOUNT), **_nothing("free_at")},
    who.Person: _nothing("created_at", "erased_at", "duty_of")
    | _person("id", "reports_on", "same_as")
    | {
        "name": Personal(Holds.NAME, Then.RENAMED, "id"),
        "quiet_until": Personal(Holds.FACT, Then.EMPTIED, "id"),
        "language": Personal(Holds.FACT, Then.EMPTIED, "id"),
        "hours": Personal(Holds.FACT, Then.EMPTIED, "id"),
    },
    who.Address: _nothing("id", "channel")
    | _person("person_id")
    | dict.fromkeys(("user", "chat", "handle"), Personal(Holds.ACCOUNT, Then.ROW))
    | dict.fromkeys(("linked_at", "unreachable_since", "unreachable_why", "rank"), Personal(Holds.FACT, Then.ROW)),
    who.Membership: _nothing("id")
    | _person("person_id")
    | dict.fromkeys(("agency_id", "role", "since", "until"), Personal(Holds.FACT)),
    who.Invite: _nothing("id", "code_hash", "agency_id", "role", "made_at", "expires_at", "used_at", "revoked_at")
    | _person("made_by", "used_by", "person_id")
    | {
        "shown_to": Personal(Holds.ACCOUNT, Then.EMPTIED, BY_ACCOUNT),
        "shown_on": Personal(Holds.ACCOUNT, Then.EMPTIED, BY_ACCOUNT),
        "label": Personal(Holds.NAME, Then.EMPTIED, "used_by"),
    },
    who.Consent: _nothing("id", "notice", "edition") | _person("person_id") | {"agreed_at": Personal(Holds.FACT)},
    who.GroupChat: _nothing("id", "channel", "chat", "linked_at", "unlinked_at", "scope", "topic")
    | _person("linked_by")
    | _words("title", of="linked_by"),
    who.Nomination: _nothing("id", "at", "via", "decided_at", "granted")
    | _person("person_id", "named_by", "instead_of", "decided_by")
    | dict.fromkeys(("agency_id", "role"), Personal(Holds.FACT)),
    who.Absence: _nothing("id", "made_at", "ended_at")
    | _person("person_id", "stand_in_id", "wanted_id")
    | dict.fromkeys(("first", "last"), Personal(Holds.FACT)),
    who.Assignee: _nothing("id", "plan_id", "work", "agency_id", "via")
    | _person("person_id", "named_by")
    | {"at": Personal(Holds.FACT)},
    lettered.AddressCode: _nothing("id", "channel", "code_hash", "expires_at", "tries", "ended_at")
    | _person("person_id", "made_by")
    | {"user": Personal(Holds.ACCOUNT, Then.ROW), "made_at": Personal(Holds.FACT, Then.ROW)},
    # Whose it is nobody proved; of whoever is erased later the address that it claims to be from is found all the same.
    lettered.StrayLetter: _nothing("id", "at", "files", "is_ours", "settled_at")
    | _person("settled_by")
    | {
        "source": Personal(Holds.ACCOUNT, Then.UNNAMED, BY_ACCOUNT),
        "sender": Personal(Holds.ACCOUNT, Then.EMPTIED, BY_ACCOUNT),
        "name": Personal(Holds.NAME, Then.EMPTIED, BY_ACCOUNT),
        "subject": Personal(Holds.WORDS, Then.EMPTIED, BY_ACCOUNT),
        "words": Personal(Holds.WORDS, Then.EMPTIED, BY_ACCOUNT),
    },
    written.IssuedReport: _nothing("id", "key", "scope", "number", "issued_at", "sha256", "corrects")
    | _person("issued_by")
    | _words("content", "reason", of="issued_by"),
    written.Remark: _nothing("id", "obligation_id", "at", "via") | _person("person_id") | _words("text"),
    written.Opinion: _nothing("id", "obligation_id", "at", "via", "due", "answered_at")
    | _person("person_id", "answered_by")
    | SOURCE
    | _words("words")
    | _words("answer", of="answered_by"),
    written.Inquiry: _nothing("id", "agency_id", "code", "at", "via", "due", "answered_at")
    | _person("person_id", "answered_by")
    | SOURCE
    | _words("words")
    | _words("answer", of="answered_by"),
    # Of its body the names that it mentions are renamed, and nothing else: it is the office's own word about its work.
    written.KeptMessage: _nothing(
        *("id", "delivery_id", "channel", "in_group", "kind", "at", "sent_at", "state", "doubts", "last_error")
    )
    | _person("person_id")
    | {"group_title": Personal(Holds.WORDS, of=NOBODY), "body": Personal(Holds.NAME | Holds.WORDS, of=NOBODY)},
    written.KeptAbout: _nothing("id", "kept_id", "obligation_id", "rung"),
    # What somebody signs in with at the screen is theirs alone: whoever is erased signs in no more.
    desk.DeskKey: _nothing("id")
    | _person("person_id", "confirmed_by")
    | dict.fromkeys(("secret", "made_at", "confirmed_at", "ended_at"), Personal(Holds.FACT, Then.ROW)),
    desk.DeskAuthenticator: _nothing("id")
    | _person("person_id")
    | dict.fromkeys(("secret", "made_at", "proven_at", "last_step"), Personal(Holds.FACT, Then.ROW)),
    desk.DeskCode: _nothing("id", "purpose", "salt", "code_hash", "expires_at", "tries", "used_at")
    | _person("person_id")
    | {"made_at": Personal(Holds.FACT, Then.ROW)},
    desk.DeskSession: _nothing("id", "stage", "token_hash", "ended_why")
    | _person("person_id")
    | dict.fromkeys(("device_hash", "browser", "address"), Personal(Holds.ACCOUNT, Then.ROW))
    | dict.fromkeys(("made_at", "seen_at", "second_at", "ended_at"), Personal(Holds.FACT, Then.ROW)),
    desk.DeskFailure: _nothing("id", "count", "until")
    | _person("person_id")
    | {"address": Personal(Holds.ACCOUNT, Then.ROW), "last_at": Personal(Holds.FACT, Then.ROW)},
    linked.AnswerLink: _nothing("id", "obligation_id", "delivery_id", "salt", "token_hash", "expires_at")
    | _person("person_id")
    | dict.fromkeys(("made_at", "used_at", "ended_at"), Personal(Holds.FACT, Then.ROW)),
    linked.FileLink: _nothing("id", "delivery_id", "salt", "token_hash", "content", "expires_at")
    | _person("person_id")
    | {"made_at": Personal(Holds.FACT, Then.ROW)}
    | dict.fromkeys(("name", "data"), Personal(Holds.WORDS, Then.ROW)),
    desk.DeskPress: _nothing("id", "nonce")
    | _person("person_id")
    | {"at": Personal(Holds.FACT, Then.ROW), "replies": Personal(Holds.NAME | Holds.WORDS, Then.ROW)},
}


def owners(table: type[SQLModel]) -> list[str]:
    """The columns of a table that say whose a row is."""
    return [name for name, column in REGISTRY[table].items() if column.holds is Holds.PERSON and column.of == name]


def erased(table: type[SQLModel], of: str, then: Then) -> list[str]:
    """The columns of a table, of whom `of` says, with which erasing does one thing."""
    return [name for name, column in REGISTRY[table].items() if (column.of, column.then) == (of, then)]


def is_personal(table: type[SQLModel]) -> bool:
    """Whether a table has rows of people who are here."""
    return any(column.holds and column.of != NOBODY for column in REGISTRY[table].values())


def name_of(table: type[SQLModel]) -> str:
    """The name of a table."""
    return str(table.__tablename__)
