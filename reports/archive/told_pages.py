"""What people were told about the work of an evidence file: the message's day, its channel, its text and its fate."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from plan.model import Value
from progress.items import code_of
from reports.story.events_in_words import name_of
from reports.tables.cells import Cell
from reports.tables.sheet import Book, Heading
from store import obligations, told
from store.told import Sent
from store.types import DeliveryState
from words.faults import fault_of
from words.message import Message, plain
from words.names import masked, of_channel
from words.office import Office

NAME = "tin-da-gui.xlsx"
WIDTHS = {"at": 16, "to": 20, "through": 10, "kind": 18, "about": 26, "fate": 26, "text": 90}


class ToldLine(Value):
    """One message: `at` (UTC) when it left or may have, `about` the codes and agencies, `fate` whether it left."""

    at: datetime
    to: str
    through: str
    kind: str
    about: str
    fate: str
    text: str


class Lines:
    """Reads the messages of an evidence file."""

    def __init__(self, session: Session, office: Office) -> None:
        self.session, self.office = session, office
        self._named: dict[int, str] = {}

    def read(self, since: datetime, until: datetime, *, task: str | None, agency: str | None) -> Iterator[ToldLine]:
        """What left from one instant to another (UTC, end excluded) about a task or an agency's work, in order."""
        for sent, about in told.within(self.session, since, until, task=task, agency=agency):
            text = Message.from_json(sent.body).plain if sent.body is not None else self._say("no_text")
            yield ToldLine(
                at=sent.at,
                to=masked(name_of(self.session, sent.person_id) or sent.group_title),
                through=of_channel(sent.channel),
                kind=plain(self.office.text(f"history.kind_{sent.kind}")),
                about=", ".join(dict.fromkeys(self._name(each) for each in about)),
                fate=self._fate(sent),
                text=masked(text),
            )

    def _fate(self, sent: Sent) -> str:
        state = plain(self.office.text(f"history.state_{sent.state}"))
        if sent.state == DeliveryState.FAILED:
            why = plain(self.office.text(f"fault.{fault_of(sent.last_error)}", in_group=sent.in_group))
            return plain(self.office.text("proof.failed", state=state, why=why))
        return plain(self.office.text("proof.doubted", state=state)) if sent.doubts else state

    def _name(self, obligation: int) -> str:
        if obligation not in self._named:
            row = obligations.get(self.session, obligation)
            name = f"{code_of(self.office, row)} – {self.office.agency_short(row.agency_id)}" if row else ""
            self._named[obligation] = name
        return self._named[obligation]

    def _say(self, key: str) -> str:
        return plain(self.office.text(f"dossier.{key}"))


def xlsx(office: Office, lines: Sequence[ToldLine], made: datetime) -> bytes:
    """The messages as a workbook; the same to the byte for the same lines."""
    held = io.BytesIO()
    say = office.text
    title, number = plain(say("dossier.sheet_told")), plain(say("table.page", page="&P", pages="&N"))
    headings = [Heading(plain(say(f"dossier.told_{key}")), width) for key, width in WIDTHS.items()]
    with Book(held, made, title, number) as book, book.sheet(title, title, plain(say("dossier.told_means"))) as sheet:
        sheet.table(headings, (_row(office, each) for each in lines))
    return held.getvalue()


def _row(office: Office, line: ToldLine) -> list[Cell]:
    at = office.local(line.at).replace(tzinfo=None, microsecond=0)
    return [at, line.to, line.through, line.kind, line.about, line.fate, line.text]
