"""/paper and /judge: the true day of what came on paper, and whether lateness counts that was the service's own."""

import re
from datetime import date, datetime, time
from typing import Any

from bot import notify
from bot.decide import two_steps
from bot.turn import Turn
from bot.which import scope
from plan.status import ANSWERED, EventKind, Judgement, State
from progress import submit
from progress.choose import in_order
from progress.items import code_of
from progress.submit import LASTING, Said
from progress.timeliness import in_time
from store import audit, obligations
from store.people_tables import Address
from store.postings import Identity
from store.tables import Obligation
from words.codes import fold
from words.dates import read_day

STATES = (State.OPEN, *sorted(ANSWERED))
CLOSES = time(17)
VERDICT = re.compile(r"^(dung|qua)(?: han)?\s+(tatca|tat ca|#\d{1,12})(?!\S)\s*")
VERDICTS = {"dung": Judgement.IN_TIME, "qua": Judgement.LATE}


def paper(turn: Turn, rest: str) -> None:
    """/giayto 2b sondung 28/01/2020 căn cứ …."""
    two_steps.in_two_steps(turn, "paper", rest, _show_paper, _do_paper)


def _show_paper(turn: Turn, rest: str) -> None:
    found = scope.read(turn, "paper", rest, "paper.how")
    if found is None:
        return
    typed, _, told = found.rest.partition(" ")
    day, basis = (
        read_day(typed.strip(",;"), turn.office.today(turn.now).replace(month=1, day=1)),
        two_steps.basis_in(told),
    )
    if day is None or not found.agencies:
        turn.answer(turn.text("paper.how"))
    elif day > turn.office.today(turn.now):
        turn.answer(turn.text("paper.future", due=day))
    elif not (rows := _earliest(turn, found)):
        turn.answer(turn.text("paper.none", code=found.code))
    elif not basis:
        two_steps.ask_basis(turn, "paper", found.said)
    else:
        at = _moment(turn, day)
        text = turn.text(
            "paper.ask",
            code=code_of(turn.office, rows[0]),
            rows=[(turn.office.agency_short(row.agency_id), row.done_at) for row in rows],
            at=at,
            in_time=in_time(turn.office, rows[0].due, at),
            basis=basis,
        )
        two_steps.propose(
            turn, "paper", {"rows": [row.id for row in rows], "day": day.isoformat(), "basis": basis}, text
        )


def _earliest(turn: Turn, found: scope.Scope) -> list[Obligation]:
    """The earliest result of each agency named: paper of a task without a milestone's number means its first one."""
    rows = [row for row in scope.rows(turn, found, STATES) if row.kind not in LASTING]
    first: dict[str, Obligation] = {}
    for row in in_order(turn.office, rows, turn.now):
        first.setdefault(row.agency_id, row)
    return list(first.values())


def _moment(turn: Turn, day: date) -> datetime:
    """When paper of a day counts as handed in (UTC): 17:00 in the office, or now where that is still to come.

    A register of incoming letters knows the day and no hour; the office takes paper until it closes, and 24:00, the
    last moment in time, would be a moment at which nobody can have received it.
    """
    return min(turn.now, datetime.combine(day, CLOSES, turn.office.zone).astimezone(turn.now.tzinfo))


def _do_paper(turn: Turn, data: dict[str, Any]) -> None:
    at, basis = _moment(turn, date.fromisoformat(data["day"])), str(data["basis"])
    rows = scope.of_ids(turn, data["rows"], lambda row: row.state in STATES)
    handed_in = [row for row in rows if row.state == State.OPEN]
    for row in rows:
        if row in handed_in:
            _hand_in(turn, row, at, basis)
        else:
            obligations.record(
                turn.session,
                row,
                EventKind.RETIMED,
                at,
                turn.now,
                via=turn.via,
                person_id=turn.person_id,
                note=basis,
            )
    if not rows:
        turn.answer(turn.text("ending.answered"))
        return
    code = code_of(turn.office, rows[0])
    untold = notify.officers(
        turn,
        {row.agency_id for row in rows},
        lambda own: turn.text(
            "paper.notice",
            code=code,
            agencies=scope.short_names(turn.office, own),
            compiler=turn.office.compiler_name,
            at=at,
            in_time=in_time(turn.office, rows[0].due, at),
            basis=basis,
        ),
        "paper was recorded",
        identity=Identity("paper", turn.source),
    )
    if handed_in and len(rows) == 1 and not untold:
        # Its confirmation says the same.
        return
    turn.answer(
        turn.text("paper.done", code=code, agencies=scope.names(turn, rows), at=at),
        turn.text("ending.untold", agencies=scope.short_names(turn.office, untold)) if untold else "",
    )


def _hand_in(turn: Turn, row: Obligation, at: datetime, basis: str) -> None:
    """An answer in the agency's place, by the same path as every answer; its confirmation comes to this chat."""
    assert turn.address is not None
    here = Address(
        person_id=turn.person_id,
        channel=turn.incoming.channel,
        user=turn.incoming.user,
        chat=turn.incoming.chat,
        linked_at=turn.address.linked_at,
    )
    said = Said(turn.person_id, at, f"{turn.source}:{row.id}", turn.via, basis)
    submit.submit(turn.session, turn.office, said, row, here, turn.now, on_behalf=True)


def judge(turn: Turn, rest: str) -> None:
    """/tinhhan dung tatca căn cứ …, or the buttons under the notice: "/judge qua #57"."""
    folded = fold(rest)
    match = VERDICT.match(folded) if len(folded) == len(rest) else None
    if match is None:
        turn.answer(turn.text("flag.how"))
        return
    verdict, which, basis = VERDICTS[match[1]], match[2], two_steps.basis_in(rest[match.end() :])
    rows = [
        row
        for row in obligations.all_of(turn.session, states=sorted(ANSWERED))
        if row.judged == Judgement.FLAGGED and (not which.startswith("#") or which == f"#{row.id}")
    ]
    if not rows:
        turn.answer(turn.text("flag.none"))
    elif not basis:
        two_steps.ask_basis(turn, "judge", rest)
    else:
        _judge(turn, rows, verdict, basis)


def _judge(turn: Turn, rows: list[Obligation], verdict: Judgement, basis: str) -> None:
    for row in rows:
        # The judgement is the note's first word.
        obligations.record(
            turn.session,
            row,
            EventKind.JUDGED,
            turn.now,
            turn.now,
            via=turn.via,
            person_id=turn.person_id,
            note=f"{verdict} {basis}",
        )
        notify.officers(
            turn,
            [row.agency_id],
            lambda _own, row=row: turn.text(  # type: ignore[misc]
                "flag.notice",
                code=code_of(turn.office, row),
                agency=turn.office.agency_short(row.agency_id),
                compiler=turn.office.compiler_name,
                in_time=verdict is Judgement.IN_TIME,
                basis=basis,
            ),
            "lateness was judged",
            identity=Identity("judged", f"{row.id}:{turn.source}"),
        )
    audit.record(
        turn.session,
        "lateness.judged",
        f"obligations:{','.join(str(row.id) for row in rows)}",
        turn.now,
        via=turn.via,
        actor=turn.person_id,
        verdict=str(verdict),
        basis=basis,
    )
    turn.answer(turn.text("flag.done", word=turn.text(f"flag.{verdict}"), count=len(rows), basis=basis))
