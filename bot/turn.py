"""One thing somebody did, and everything a handler needs to answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session

from bot.questions import registry
from bot.questions.base import OpenQuestion
from channels.abilities import Abilities
from channels.base import ChatKind, Incoming, What
from plan.people import Role
from progress.notifying import Notifier
from progress.roles import held
from store import addresses, handles, people, submissions
from store.people_tables import Address, Person
from store.postings import Destination, Identity, Posting
from store.types import DeliveryKind
from words.message import Button, Message, plain, say
from words.office import Office

Asked = TypeVar("Asked", bound=OpenQuestion)


@dataclass
class Turn:
    """An update in its transaction. `files` are the rows of the evidence that came with it; all times UTC.

    `limits` is what the channel can on which it was said. `about` is the obligation that the answers are about, for the
    log of messages.
    """

    session: Session
    office: Office
    incoming: Incoming
    now: datetime
    limits: Abilities
    person: Person | None = None
    address: Address | None = None
    roles: frozenset[Role] = frozenset()
    agencies: tuple[str, ...] = ()
    files: tuple[int, ...] = ()
    posted: int = field(default=0)
    # The button that was pressed goes away: what it offered is over. `notice` is shown over the chat, not as a message.
    spent: bool = False
    notice: str | None = None
    about: int | None = None
    # A question that was put in this turn, until the message that puts it is posted.
    putting: OpenQuestion | None = None

    def text(self, key: str, **values: Any) -> str:
        """A sentence of the catalogue."""
        return self.office.text(key, **values)

    def answer(self, *parts: str, buttons: Iterable[Sequence[Button]] = (), picture: str | None = None) -> None:
        """Puts an answer to this chat into the outbox."""
        self.post(say(*parts, buttons=buttons, picture=picture))

    def hint(self, text: str, *, buttons: Iterable[Sequence[Button]] = ()) -> None:
        """Says that there is nothing to do: after a press over the chat, gone with a touch, otherwise as an answer."""
        if self.incoming.what is What.PRESS:
            self.notice = plain(text)
        else:
            self.answer(text, buttons=buttons)

    def not_understood(self) -> None:
        """Says so, with what this person may say: to who reads and owes nothing of their own the figures."""
        reads = self.roles and Role.OFFICER not in self.roles
        self.answer(self.text("error.not_understood_reader" if reads else "error.not_understood"))

    def post(self, message: Message) -> None:
        """Puts a message to this chat into the outbox; in a group as a reply to what was said."""
        incoming = self.incoming
        message = self._with_a_way_out(message)
        self.posted += 1
        here = self.here
        posting = Posting(
            DeliveryKind.ANSWER,
            f"answers update {incoming.key}",
            Identity("answer", f"{self.update}:{self.posted}"),
            message,
            self.about,
            reply_to=incoming.message_id if here.in_group and incoming.what is not What.PRESS else None,
        )
        self.send(here, posting)

    def _with_a_way_out(self, message: Message) -> Message:
        """The message that puts a question says until when it waits, and how to leave it."""
        question, self.putting = self.putting, None
        if question is None or not question.has_way_out:
            return message
        until = say(self.text("leave.until", until=self.now + question.stands))
        leave = Button(self.text("leave.button"), "/leave", self.text("leave.button_typed"))
        return replace(
            message,
            parts=(*message.parts, *until.parts),
            typed_parts=(*message.typed_parts, *(until.typed_parts or until.parts)) if message.typed_parts else (),
            buttons=(*message.buttons, (leave,)),
        )

    @property
    def here(self) -> Destination:
        """The chat in which it was said."""
        incoming = self.incoming
        in_group = incoming.chat_kind is ChatKind.GROUP
        return Destination(incoming.channel, incoming.chat, self.person_id_or_none, in_group=in_group)

    @property
    def notifier(self) -> Notifier:
        """Who tells others what this turn did."""
        return Notifier(self.session, self.office, self.person, self.incoming.channel, self.now)

    def send(self, to: Destination, posting: Posting) -> None:
        """Puts a message that this causes into the outbox, once for its identity."""
        self.notifier.send(to, posting)

    def tell_admins(self, notice: Posting, *, myself: bool = False) -> None:
        """Puts a notice for every other admin into the outbox, each once; for `myself` too where I decide.

        After a few at once from one person the rest come in one message.
        """
        self.notifier.tell_admins(notice, myself=myself)

    def tell(self, person_id: int, posting: Posting) -> None:
        """Puts a message for another person into the outbox; none where they cannot be reached.

        A notice waits for the sending hours, an answer leaves at once.
        """
        self.notifier.tell(person_id, posting)

    @property
    def person_id_or_none(self) -> int | None:
        """The person's row, None for a stranger."""
        return self.person.id if self.person else None

    @property
    def person_id(self) -> int:
        """The person's row; only where access was checked."""
        assert self.person is not None
        assert self.person.id is not None
        return self.person.id

    @property
    def update(self) -> str:
        """The identity of this update among those of every channel; delivered again it is the same one."""
        return f"{self.incoming.channel}:{self.incoming.key}"

    @property
    def album(self) -> str | None:
        """The identity of the album that this is of, among those of every channel; None for what is of none."""
        album = self.incoming.album
        return f"{self.incoming.channel}:{album}" if album is not None else None

    @property
    def source(self) -> str:
        """The identity of what was said: a message keeps it when it is edited or delivered again."""
        incoming = self.incoming
        if incoming.press_id is not None:
            return f"{incoming.channel}:press:{incoming.press_id}"
        # What has no id of its own is what came in this update: two of them are never one.
        said = incoming.message_id or f"update:{incoming.key}"
        return f"{incoming.channel}:{incoming.chat}:{said}"

    @property
    def via(self) -> str:
        """How it was said, for the record."""
        return f"{self.incoming.channel}:{self.incoming.what}"

    def ask(self, question: OpenQuestion) -> None:
        """Remembers a question put to this person in this chat; it takes the place of the one before."""
        kind, data = question.stored_as, question.to_json()
        self.putting = question
        submissions.ask(self.session, self.person_id, *self._place, kind, data, self.now)

    def open_question(self) -> OpenQuestion | None:
        """What this person was asked last in this chat, while it stands."""
        row = submissions.asked(self.session, self.person_id, *self._place)
        found = registry.load(row.kind, row.data) if row is not None else None
        return found if row is not None and found is not None and row.asked_at + found.stands >= self.now else None

    def asked_at(self) -> datetime | None:
        """When this person was asked last in this chat (UTC)."""
        row = submissions.asked(self.session, self.person_id, *self._place)
        return row.asked_at if row is not None else None

    def question(self, kind: type[Asked]) -> Asked | None:
        """The open question, when it is of this kind."""
        found = self.open_question()
        return found if isinstance(found, kind) else None

    def settle_question(self) -> None:
        """The question is answered."""
        submissions.forget(self.session, self.person_id, *self._place)

    @property
    def _place(self) -> tuple[str, str]:
        return self.incoming.channel, self.incoming.chat


def identify(turn: Turn) -> None:
    """Finds out who it is, with their roles and agencies."""
    found = people.by_user(turn.session, turn.incoming.channel, turn.incoming.user)
    if found is None or found[0].id is None:
        return
    turn.person, turn.address = found
    if turn.incoming.chat_kind is ChatKind.PRIVATE:
        turn.office = turn.office.speaking(found[0].language)
        if found[1].unreachable_since is not None:
            # Whoever writes to us takes messages again; not every platform says so otherwise.
            addresses.mark_reachable(turn.session, turn.incoming.channel, turn.incoming.user)
    turn.roles, turn.agencies = held(turn.session, found[0].id, turn.office.today(turn.now))
    keep_handle(turn)


def keep_handle(turn: Turn) -> None:
    """Keeps the name after the person's @ where it is another than before."""
    handle = turn.incoming.user_handle
    if handle is not None and turn.address is not None and turn.address.handle != handle:
        handles.keep(turn.session, turn.address, handle)
