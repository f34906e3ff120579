"""The proof sheet: who was told of one obligation, when and why, what came of it, what was answered and decided."""

from datetime import datetime

from sqlmodel import Session

from plan.errors import NhacViecError
from progress.items import Item, code_of, item_of, period
from reports.archive.dossier_contents import Reader
from reports.archive.dossier_values import Answer, File
from reports.story import dates_explained
from reports.story.events_in_words import Happening, name_of, story
from reports.story.messages_sent import Told, messages
from reports.word.proof_words import AnswerLine, FileLine, OpinionLine, Proof, RequestLine, StepLine, ToldLine
from store import files_about, obligations, opinions, remarks, requests, submissions
from store.answer_tables import Request
from store.report_tables import Opinion, Remark
from store.tables import Obligation
from store.types import DeliveryState, RequestState
from words import render
from words.message import plain
from words.names import masked, of_channel, one_line
from words.office import Office


class NoObligationError(NhacViecError):
    """There is no obligation of this number."""


def build(session: Session, office: Office, obligation_id: int, now: datetime) -> Proof:
    """The story of an obligation as the database has it now (UTC); raises NoObligationError.

    Messages that the outbox let go of after RETENTION_OUTBOX_DAYS are read from the archive.
    """
    row = obligations.get(session, obligation_id)
    if row is None:
        raise NoObligationError(f"there is no obligation {obligation_id}")
    return _Teller(session, office).proof(row, now)


class _Teller:
    """Puts what is read into words."""

    def __init__(self, session: Session, office: Office) -> None:
        self.session, self.office = session, office

    def proof(self, row: Obligation, now: datetime) -> Proof:
        office, item, number = self.office, item_of(self.office, row), row.id or 0
        code = code_of(office, row)
        plan = office.plans.get(row.plan_id)
        part = item.task.parts[item.milestone.part - 1] if item and item.milestone.part else None
        given = part or (item.task if item else None)
        reader = Reader(self.session, office)
        return Proof(
            code=f"{code} ({period(office, row.occurrence)})" if row.occurrence else code,
            title=item.task.title if item else self.say("out_of_plan"),
            plan=plan.name if plan else row.plan_id,
            basis=self._basis(row),
            agency=office.agency_name(row.agency_id),
            compiler=office.agency_name(plan.compiler if plan else office.compiler),
            lead=given.lead_printed if given else "",
            coordinating=given.coordinating_printed if given else "",
            product=item.task.product if item else "",
            printed=item.milestone.printed if item else "",
            dates=self._dates(row, item),
            state=self._state(row, now),
            told=tuple(self._told(each) for each in messages(self.session, row)),
            steps=tuple(self._step(each) for each in story(self.session, office, row)),
            answers=tuple(
                self._answer(reader.answer(each, row)) for each in submissions.of_obligation(self.session, number)
            ),
            beside=tuple(
                self._file(file).model_copy(update={"of": each.of})
                for each in reader.beside([(file, row) for file in files_about.of_obligations(self.session, [number])])
                for file in each.files
            ),
            requests=tuple(self._request(each) for each in requests.of_obligation(self.session, number)),
            remarks=tuple(self._remark(each) for each in remarks.of(self.session, number)),
            opinions=tuple(self._opinion(each) for each in opinions.of_obligation(self.session, number)),
            made=self.say("made", at=now),
        )

    def say(self, key: str, **values: object) -> str:
        """A sentence of the proof."""
        return plain(self.office.text(f"proof.{key}", **values))

    def at(self, moment: datetime | None) -> str:
        """A moment in the office's time, empty for none."""
        return render.moment(moment, self.office.zone) if moment else ""

    def _basis(self, row: Obligation) -> str:
        plan = self.office.plans.get(row.plan_id)
        if plan is None or not plan.decision.number:
            return ""
        decision = plan.decision
        said = {"number": decision.number, "signed": decision.date, "issuer": decision.issuer}
        return plain(self.office.text("table.decision", **said))

    def _state(self, row: Obligation, now: datetime) -> str:
        """How it stands; of what is late, three kinds apart: with no cause, one confirmed, one waiting."""
        text, lateness = self.office.text, self.office.lateness(row, self.office.today(now))
        found = [plain(text(f"state.{row.state}", at=row.done_at))]
        if lateness.is_late:
            found.append(plain(text("box.overdue", days=lateness.days_late)))
            if row.cause:
                said = {"cause": row.cause, "why": masked(row.why_late), "ruled": masked(row.ruled)}
                found.append(plain(text("cause.told", **said)))
        return "; ".join(found)

    def _dates(self, row: Obligation, item: Item | None) -> tuple[str, ...]:
        if item is None:
            return (self.say("set", due=row.due) if row.due else self.say("not_dated"),)
        printed = dates_explained.printed_date(self.office, item.task, item.milestone, row.occurrence, row.planned)
        return tuple(plain(each) for each in (printed, dates_explained.own_date(self.office, row)) if each)

    def _told(self, told: Told) -> ToldLine:
        state = plain(self.office.text(f"history.state_{told.state}"))
        if told.fault:
            why = plain(self.office.text(f"fault.{told.fault}", in_group=told.in_group))
            state = self.say("failed", state=state, why=why)
        elif told.doubts and told.state is DeliveryState.SENT:
            state = self.say("doubted", state=state)
        answered = self.at(told.answered) or (self.say("no_answer_yet") if told.reminding else "")
        return ToldLine(
            at=self.at(told.at),
            to=masked(told.to),
            through=of_channel(told.channel),
            what=plain(self.office.text(f"history.kind_{told.kind}")),
            why=self.say("why", rungs=list(told.rungs), reminding=told.reminding),
            state=state,
            answered=answered,
        )

    def _step(self, step: Happening) -> StepLine:
        what = plain(step.what)
        if step.before and step.due and step.before != step.due:
            what = f"{what}: {self.say('moved', planned=step.before, due=step.due)}"
        elif step.due:
            what = f"{what}: {self.say('set', due=step.due)}"
        elif step.wanted:
            what = f"{what} {self.say('wanted', wanted=step.wanted)}"
        return StepLine(
            at=self.at(step.at),
            person=step.person or self.say("nobody"),
            what=what,
            words=masked(step.note),
            recorded=self.at(step.recorded_at) if step.late else "",
        )

    def _remark(self, remark: Remark) -> StepLine:
        return StepLine(
            at=self.at(remark.at),
            person=name_of(self.session, remark.person_id) or self.say("nobody"),
            what=self.say("remark"),
            words=masked(remark.text),
            recorded="",
        )

    def _opinion(self, opinion: Opinion) -> OpinionLine:
        if opinion.answered_at is None:
            answer = self.say("opinion_waits", due=opinion.due)
        else:
            by = name_of(self.session, opinion.answered_by) or self.say("nobody")
            answer = self.say("opinion_answered", person=by, at=opinion.answered_at, words=masked(opinion.answer))
        return OpinionLine(
            at=self.at(opinion.at),
            person=name_of(self.session, opinion.person_id),
            words=masked(opinion.words),
            answer=answer,
        )

    def _answer(self, answer: Answer) -> AnswerLine:
        return AnswerLine(
            at=self.at(answer.at),
            person=answer.person,
            words=masked(answer.words),
            document=answer.document,
            standing=answer.ended or self.say("stands"),
            files=tuple(self._file(each) for each in answer.files),
        )

    def _file(self, file: File) -> FileLine:
        missing = plain(self.office.text(f"dossier.missing_{file.missing}")) if file.missing else ""
        return FileLine(
            name=one_line(file.name) or plain(self.office.text("dossier.nameless")),
            size=render.size(file.size) if file.size else "",
            sha256=missing or file.sha256,
            sent=self.at(file.sent_at),
        )

    def _ruled(self, asked: Request) -> str:
        """Who ruled about a cause, by which document; empty for what an admin decides themselves."""
        if not asked.ruled_on:
            return ""
        said = {"by": asked.ruled_by, "post": asked.ruled_post, "number": asked.ruled_number, "on": asked.ruled_on}
        return plain(self.office.text("cause.ruled_note", **said, words=""))

    def _request(self, asked: Request) -> RequestLine:
        what = plain(self.office.text(f"request.kind_{asked.kind}"))
        taken_back = asked.state == RequestState.VOID and asked.decided_by == asked.person_id
        decision = self.say("decision_taken_back" if taken_back else f"decision_{asked.state}")
        if asked.decided_at:
            said = {"decision": decision, "person": name_of(self.session, asked.decided_by)}
            by = self._ruled(asked)
            decision = self.say("decided", **said, at=asked.decided_at, reason=masked(asked.answer), ruled=by)
        return RequestLine(
            reference=f"R{asked.id}",
            at=self.at(asked.asked_at),
            person=name_of(self.session, asked.person_id),
            what=f"{what} {self.say('wanted', wanted=asked.wanted)}" if asked.wanted else what,
            reason=masked(asked.reason),
            decision=decision,
        )
