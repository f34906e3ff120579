"""An office that is fed updates one by one, and asked after each whether everything still holds."""

import json
import logging
import shutil
import sqlite3
import traceback
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import select

from bot.door.holding import REST_WAITS
from channels.base import ChatKind, Incoming, What
from channels.errors import UnreadableError
from delivery.fitting import fitted
from plan.people import Role
from plan.status import State, replay
from progress import confirmation
from sandbox.world import World
from store import histories, inbox, obligations
from store.tables import Delivery, Inbox
from store.types import DeliveryKind, InboxState
from tests.fuzz.grounds import FOUND_BY_TELEGRAM, Ground, RefusedError, contents_of
from tests.fuzz.hostile import MARK
from tests.fuzz.settled import Trouble, settle
from tests.fuzz.updates import Case
from words.message import Message

LISTS, MOST_LISTED = ("Đề nghị đang chờ:", "Minh chứng việc"), 12
EACH_OFFICE = 400
# The head's own agency, as lists name it.
HEADED = "Phòng Y tế"
QUERY = """SELECT a.user, m.role FROM membership m JOIN address a ON a.person_id = m.person_id WHERE m.until IS NULL"""


class Office:
    """Takes cases, counts them by kind and outcome, and writes down what did not hold in `faults`."""

    def __init__(self, world: World, ground: Ground) -> None:
        self.world, self.counts, self.faults = world, Counter[tuple[str, str]](), list[str]()
        self.ground, self.trouble, self._fed = ground, Trouble(), 0
        logger = logging.getLogger("bot.door.receive")
        logger.addHandler(self.trouble)
        logger.propagate = False
        store = world.service.store
        event.listen(store.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        store.close()
        self.codes = settle(world, ground)
        self._fresh = world.database.with_suffix(".fresh")
        with closing(sqlite3.connect(world.database)) as connection:
            connection.execute("VACUUM INTO ?", (str(self._fresh),))
        self._fair: set[int | None] = set()
        self._begin()

    def _begin(self) -> None:
        """An office as on its first day: the people, and nothing said."""
        self.world.service.store.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.world.database}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self._fresh, self.world.database)
        self.look = sqlite3.connect(self.world.database)
        self._fair.clear()
        self._fed = 0

    def feed(self, cases: Iterable[Case]) -> None:
        """Feeds updates through the inbox to the receiver, and looks after each."""
        for case in cases:
            self._one(case)
            self._fed += 1
        self._rest("album")
        if self._fed >= EACH_OFFICE:
            self._check_replay()
            self.look.close()
            self._begin()

    def _one(self, case: Case) -> None:
        self.world.now += timedelta(seconds=case.pause)
        before = self._state()
        last = self.look.execute("SELECT coalesce(max(id), 0) FROM inbox").fetchone()
        try:
            brought = self.ground.keep(case)
        except Exception:
            self._fault("an exception left the door", case, traceback.format_exc())
            return
        # What comes again is known, and of what strangers send not all is kept.
        asked = self.look.execute("SELECT key FROM inbox WHERE id > ?", last).fetchall()
        fresh = [each for each in brought if (each[0],) in asked]
        if not fresh:
            self.counts[case.kind, "silent"] += 1
            self._refuse_effects(case, before)
        for key, raw in fresh:
            incoming, before = self._read(key, raw), self._state()
            self._handle(case, key)
            self._judge(case, key, incoming, before)

    def _handle(self, case: Case, key: str) -> None:
        self.trouble.text = ""
        self._step(case)
        if self.look.execute("SELECT state FROM inbox WHERE key = ?", (key,)).fetchone()[0] == InboxState.NEW:
            # What may be a piece of something waits for the rest, which never comes here.
            self.world.now += REST_WAITS
            self._step(case)

    def _refuse_effects(self, case: Case, before: dict[str, Any]) -> None:
        """What brought nothing new changes nothing."""
        self._step(case)
        if self._state() != before:
            self._fault("something came of what brought nothing new", case, f"{before} → {self._state()}")

    def _step(self, case: Case) -> None:
        try:
            self.ground.receiver._step()
        except Exception:
            self._fault("an exception left the step", case, traceback.format_exc())

    def _read(self, key: str, raw: str) -> Incoming | None:
        try:
            return self.ground.channel.read(key, raw, self.world.now)
        except UnreadableError:
            return None

    def _state(self) -> dict[str, Any]:
        ask = self.look.execute
        return {
            "delivery": ask("SELECT coalesce(max(id), 0) FROM delivery").fetchone()[0],
            "submissions": ask("SELECT count(*) FROM submission").fetchone()[0],
            "roles": sorted(ask(QUERY).fetchall()),
            "invites": ask("SELECT id, shown_to FROM invite WHERE used_at IS NULL").fetchall(),
            "groups": {row[0] for row in ask("SELECT chat FROM group_chat WHERE unlinked_at IS NULL")},
            "sources": {row[0] for row in ask("SELECT source FROM submission")},
            "messages": {row[0] for row in ask("SELECT message FROM inbox WHERE message != ''")},
        }

    def _judge(self, case: Case, key: str, incoming: Incoming | None, before: dict[str, Any]) -> None:
        state, error = self.look.execute("SELECT state, error FROM inbox WHERE key = ?", (key,)).fetchone()
        if state == InboxState.NEW or (state == InboxState.FAILED and not case.broken):
            self._fault(f"the update is {state}: {error}", case, self.trouble.text)
            self.look.commit()
            with self.world.service.store.unit() as session:
                inbox.mark_done(session, session.exec(select(Inbox).where(Inbox.key == key)).one())
        rows = self._new_rows(before["delivery"])
        for row, message in rows:
            self._check_message(case, row, message, before)
        after = self._state()
        user = incoming.user if incoming else ""
        roles = {role for who, role in before["roles"] if who == user}
        self._check_rights(case, incoming, roles, before, after)
        self._check_answers(case, key, incoming, roles, rows, before)
        answered = "answered" if rows else "silent"
        self.counts[case.kind, "put aside" if state == InboxState.FAILED else answered] += 1
        self._arrive(rows)

    def _new_rows(self, last: int) -> list[tuple[Delivery, Message | None]]:
        found = []
        with self.world.service.store.look() as session:
            for (number,) in self.look.execute("SELECT id FROM delivery WHERE id > ? ORDER BY id", (last,)).fetchall():
                row = session.get(Delivery, number)
                assert row is not None
                if row.body is not None:
                    message: Message | None = Message.from_json(row.body)
                else:
                    message = confirmation.make(
                        session, self.world.service.office, row, self.world.now, self.ground.abilities
                    )
                pages = (
                    fitted(self.world.service.office, message, self.ground.abilities)
                    if message is not None
                    else (None,)
                )
                found += [(row, page) for page in pages]
        return found

    def _arrive(self, rows: list[tuple[Delivery, Message | None]]) -> None:
        """The messages arrive under numbers that later replies and presses use."""
        if rows:
            with self.world.service.store.unit() as session:
                for row, _ in rows:
                    kept = session.get(Delivery, row.id)
                    assert kept is not None
                    kept.state, kept.message_id = "sent", str(row.id)
                    session.add(kept)

    def _check_message(self, case: Case, row: Delivery, message: Message | None, before: dict[str, Any]) -> None:
        if message is None:
            return
        try:
            text, entities = self.ground.shown(row, message)
        except RefusedError as error:
            self._fault(f"the platform refuses the message: {error}", case, message.markup[:600])
            return
        for entity in entities:
            covered = contents_of(text, entity)
            if entity["type"] not in FOUND_BY_TELEGRAM and MARK in covered:
                self._fault("somebody's text became markup", case, text[:600])
        figures = text.startswith(("Tổng hợp ", "Quá hạn đến")) or message.picture is not None
        admins = {who for who, role in before["roles"] if role == Role.ADMIN}
        # The head reads what the own agency owes, under its name.
        own = row.chat == self.ground.people.head and HEADED in text.partition("\n")[0]
        if figures and not own and row.chat not in admins | before["groups"]:
            self._fault("figures of the office went to a chat that has no right to them", case, text[:200])
        linked = {who for who, _ in before["roles"]}
        in_group = row.in_group or self.ground.is_group(row.chat)
        if not in_group and row.chat not in linked and row.kind == DeliveryKind.ANSWER:
            allowed = (
                "chưa gắn với đơn vị nào", "Đường dẫn mời không đúng", "thử nhiều mã mời",
                "Thông báo về dữ liệu cá nhân\nĐồng chí được mời",
                "Nút này không phải dành cho đồng chí", "Mã mời không đúng",
                # Everybody may ask what is kept of them, with what the notice says.
                "Hệ thống không lưu dữ liệu nào gắn với tài khoản này",
            )  # fmt: skip
            # Who was shown a notice hears what came of it, and what is no plain consent.
            of_notice = any(each in text for each in ("Đã gắn tài khoản của đồng chí", "Chưa ghi đồng ý"))
            agreed = of_notice and row.chat in {who for _, who in before["invites"]}
            # What is kept of somebody whose role has ended is that person's to read, and to have erased.
            of_own = ("Dữ liệu hệ thống đang lưu về đồng chí", "Xóa dữ liệu cá nhân")
            own_data = any(each in text for each in of_own) and row.chat == self.ground.people.removed
            if agreed or own_data or any(each in text for each in allowed):
                self._fair.add(row.id)
            # A second page says what the first has begun.
            elif row.id not in self._fair:
                self._fault("a stranger got more than a stranger gets", case, text[:300])

    def _check_rights(
        self, case: Case, incoming: Incoming | None, roles: set[str], before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        if after["roles"] != before["roles"]:
            shown = {who for _, who in before["invites"]}
            used = len(before["invites"]) - len(after["invites"])
            # Agreed to by the button, or by the words, of who was shown the notice of an invite.
            fair = incoming is not None and incoming.user in shown and used == 1
            if not fair or len(after["roles"]) != len(before["roles"]) + 1:
                self._fault("roles changed without an invite", case, f"{before['roles']} → {after['roles']}")
        more = after["submissions"] - before["submissions"]
        # An admin answers in an agency's place.
        if more < 0 or more > 1 or (more and not roles & {Role.OFFICER, Role.HEAD, Role.ADMIN}):
            self._fault("submissions changed by somebody who may not", case, f"{more} by {roles}")

    def _check_answers(
        self,
        case: Case,
        key: str,
        incoming: Incoming | None,
        roles: set[str],
        rows: list[tuple[Delivery, Message | None]],
        before: dict[str, Any],
    ) -> None:
        # An admin's decision is answered to the admin, and told to those who asked; an answer in an agency's place is
        # told there too, and what somebody wishes to hear later is made now.
        answers = {
            row.first_id or row.id
            for row, _ in rows
            if row.kind not in (DeliveryKind.NOTICE, DeliveryKind.SNOOZE)
            and row.occasion not in ("decided", "unblock")
            and (incoming is None or row.chat == incoming.chat)
        }
        if incoming is None:
            # Who sent what cannot be read is told, and the admins once a day.
            if any(row.occasion not in ("unreadable", "unreadable-told") for row, _ in rows):
                self._fault("an update without a meaning was answered", case, "")
            return
        if incoming.what not in (What.MESSAGE, What.EDITED, What.PRESS):
            return
        if incoming.chat_kind is ChatKind.GROUP:
            said = incoming.text.strip()
            talk = incoming.what is not What.PRESS and not self.ground.only_by_name
            if talk and not said.startswith("/") and not incoming.reply_to and answers:
                self._fault("talk in a group was answered", case, f"{answers}")
            return
        # The same message or press again, as after a redelivery: it was answered then.
        said_by = f"press:{incoming.press_id}" if incoming.press_id else f"{incoming.chat}:{incoming.message_id}"
        source = f"{self.ground.name}:{said_by}"
        piece = incoming.album is not None and incoming.files and not incoming.text.strip()
        # What a press finds nothing to do for is said over the chat.
        again = source in before["sources"] or said_by in before["messages"]
        silent_by_rule = not roles or piece or again or incoming.what is What.PRESS
        summary = any(message is not None and message.picture for _, message in rows)
        # What waits for an admin comes with its buttons each, and evidence file by file.
        listed = any(message is not None and any(each in message.plain for each in LISTS) for _, message in rows)
        most = MOST_LISTED if listed else 2 if summary else 1
        if len(answers) > most or (not answers and not silent_by_rule):
            self._fault(f"{len(answers)} answers to one private message", case, f"{answers}")

    def _rest(self, kind: str) -> None:
        """Lets what waits on its own happen: questions about albums."""
        before = self._state()
        self.world.now += timedelta(seconds=5)
        while self.ground.receiver._step()[0]:
            pass
        rows = self._new_rows(before["delivery"])
        for row, message in rows:
            self._check_message(Case({}, kind), row, message, before)
        self._arrive(rows)

    def _check_replay(self) -> None:
        """Every obligation is what its events lead to."""
        with self.world.service.store.look() as session:
            rows = {row.id: row for row in obligations.all_of(session)}
            for owed, events in histories.histories(session, self.world.now):
                standing, row = replay(events), rows[owed.id]
                if standing != obligations.standing(row) or State(row.state) is not standing.state:
                    self._fault(f"obligation {row.id} is not the replay of its events", Case({}, "replay"), "")

    def _fault(self, what: str, case: Case, more: str) -> None:
        self.faults.append(f"{what}\n{json.dumps(case.update)[:1500]}\n{more}")
