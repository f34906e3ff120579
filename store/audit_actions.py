"""What the audit's entries say was done: a closed list, each with its words in `audit_action` of both catalogues.

An entry that an earlier version wrote may say what no longer stands here; it is shown as it is.
"""

from collections.abc import Mapping
from enum import StrEnum


class Action(StrEnum):
    """Named by what it is about, a point, and what was done with it. Never renamed: entries hold it for good."""

    # People: who has which role, invites, absences, who carries a task out.
    MEMBER_JOINED = "member.joined"
    MEMBER_ENDED = "member.ended"
    MEMBER_MOVED = "member.moved"
    MEMBER_HANDED_OVER = "member.handed_over"
    MEMBER_UNREACHABLE = "member.unreachable"
    INVITE_MADE = "invite.made"
    INVITE_RENEWED = "invite.renewed"
    INVITE_REVOKED = "invite.revoked"
    ADMIN_NAMED = "admin.named"
    ADMIN_CONFIRMED = "admin.confirmed"
    ADMIN_REFUSED = "admin.refused"
    ABSENCE_MADE = "absence.made"
    ABSENCE_ENDED = "absence.ended"
    STAND_IN_CONFIRMED = "absence.stand_in_confirmed"
    STAND_IN_REFUSED = "absence.stand_in_refused"
    ASSIGNEE_NAMED = "assignee.named"
    ASSIGNEE_ENDED = "assignee.ended"
    WAY_CODE = "way.code"
    WAY_LINKED = "way.linked"
    WAY_MOVED = "way.moved"
    WAY_REMOVED = "way.removed"
    WAY_CHOSEN = "way.chosen"
    ADDRESS_NAMED = "address.named"
    LETTER_SETTLED = "letter.settled"
    RIGHTS_REVIEWED = "rights.reviewed"
    PERSON_QUIET = "person.quiet"
    PERSON_ON_DUTY = "person.on_duty"
    PERSON_ERASED = "person.erased"
    GROUP_BOUND = "group.bound"
    GROUP_SCOPED = "group.scoped"
    GROUP_LEFT = "group.left"
    # Work: what somebody decided about an obligation (store.decisions), and about what was asked or said of it.
    OBLIGATION_CREATED = "obligation.created"
    OBLIGATION_RESTORED = "obligation.restored"
    OBLIGATION_PROGRESSED = "obligation.progressed"
    OBLIGATION_SUBMITTED = "obligation.submitted"
    OBLIGATION_SUPPLEMENTED = "obligation.supplemented"
    OBLIGATION_CORRECTED = "obligation.corrected"
    OBLIGATION_WITHDRAWN = "obligation.withdrawn"
    OBLIGATION_CONFIRMED = "obligation.confirmed"
    OBLIGATION_RETURNED = "obligation.returned"
    OBLIGATION_REFUSED = "obligation.refused"
    OBLIGATION_EXTENDED = "obligation.extended"
    OBLIGATION_DATED = "obligation.dated"
    OBLIGATION_MISREAD = "obligation.misread"
    OBLIGATION_RETIMED = "obligation.retimed"
    OBLIGATION_JUDGED = "obligation.judged"
    OBLIGATION_CAUSE_CONFIRMED = "obligation.cause_confirmed"
    OBLIGATION_CAUSE_REFUSED = "obligation.cause_refused"
    OBLIGATION_CAUSE_REOPENED = "obligation.cause_reopened"
    OBLIGATION_SUSPENDED = "obligation.suspended"
    OBLIGATION_TRANSFERRED = "obligation.transferred"
    OBLIGATION_ENDED = "obligation.ended"
    OBLIGATION_EXCUSED = "obligation.excused"
    OBLIGATION_RESUMED = "obligation.resumed"
    OBLIGATION_CLOSED = "obligation.closed"
    LATENESS_JUDGED = "lateness.judged"
    REQUEST_GRANTED = "request.granted"
    REQUEST_REFUSED = "request.refused"
    REQUEST_REOPENED = "request.reopened"
    REQUEST_VOID = "request.void"
    BLOCKED_TAKEN = "blocked.taken"
    BLOCKED_ANSWERED = "blocked.answered"
    BLOCKED_UNANSWERED = "blocked.unanswered"
    INQUIRY_ABOUT = "inquiry.about"
    INQUIRY_ANSWERED = "inquiry.answered"
    INQUIRY_REOPENED = "inquiry.reopened"
    OPINION_ANSWERED = "opinion.answered"
    OPINION_REOPENED = "opinion.reopened"
    OPINION_TAKEN_BACK = "opinion.taken_back"
    REMARK_ADDED = "remark.added"
    FILE_REMOVED = "file.removed"
    WORK_ASSIGNED = "work.assigned"
    URGE_SENT = "urge.sent"
    URGED_PHONE = "urged.phone"
    URGED_MEETING = "urged.meeting"
    URGED_LETTER = "urged.letter"
    # Plans, days and reports.
    PLAN_SYNCED = "plan.synced"
    PLAN_ADOPTED = "plan.adopted"
    PLAN_BEGIN = "plan.begin"
    PLAN_PUT_RIGHT = "plan.put_right"
    PLAN_IMPORT = "plan.import"
    PLAN_IMPORTED = "plan.imported"
    PLAN_IMPORT_DROPPED = "plan.import_dropped"
    DAY_OFF = "day.off"
    DAY_WORK = "day.work"
    DAY_UNDONE = "day.undone"
    REPORT_ISSUED = "report.issued"
    # The office's screen: who came in, with which passphrase, and who looked at data of persons.
    DESK_SIGNED_IN = "desk.signed_in"
    DESK_SIGNED_OUT = "desk.signed_out"
    DESK_SESSION_ENDED = "desk.session_ended"
    DESK_KEY_SET = "desk.key_set"
    DESK_KEY_CONFIRMED = "desk.key_confirmed"
    DESK_KEY_REFUSED = "desk.key_refused"
    DESK_AUTHENTICATOR = "desk.authenticator"
    DESK_CODE_GIVEN = "desk.code_given"
    DESK_HELD_UP = "desk.held_up"
    DESK_SEEN = "desk.seen"
    # The installation.
    INSTALLATION_SERVES = "installation.serves"
    INSTALLATION_ALONE = "installation.alone"
    INSTALLATION_ASIDE = "installation.aside"
    INSTALLATION_MOVED = "installation.moved"
    BACKUP_MADE = "backup.made"
    DATABASE_RESTORED = "database.restored"
    RETENTION_DROPPED = "retention.dropped"

    @property
    def matter(self) -> "Matter":
        """What it is about, for who looks for it; a page that was seen stands apart, there are so many."""
        return Matter.SEEN if self is Action.DESK_SEEN else MATTERS[self.partition(".")[0]]


class Matter(StrEnum):
    """What entries are about."""

    PEOPLE = "people"
    WORK = "work"
    PLANS = "plans"
    DESK = "desk"
    INSTALLATION = "installation"
    SEEN = "seen"


MATTERS: Mapping[str, Matter] = {
    **dict.fromkeys(
        ("member", "invite", "admin", "absence", "assignee", "person", "way", "address", "letter", "rights", "group"),
        Matter.PEOPLE,
    ),
    **dict.fromkeys(
        ("obligation", "lateness", "request", "blocked", "inquiry", "opinion", "remark", "file", "work", "urge",
         "urged"),
        Matter.WORK,
    ),
    **dict.fromkeys(("plan", "day", "report"), Matter.PLANS),
    "desk": Matter.DESK,
    **dict.fromkeys(("installation", "backup", "database", "retention"), Matter.INSTALLATION),
}  # fmt: skip
