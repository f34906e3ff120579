"""The load: what phones say, each with words of its own, and broadcasts as a future feature would post them."""

from __future__ import annotations

import hashlib
import re
from random import Random

from sandbox.phone import PNG
from store import delivery_queue
from store.postings import Identity
from store.types import DeliveryKind
from tests.faults.run import ADMINS, GROUP, UNSETTLED, Act, Run
from tests.faults.town import Town
from tests.outbox import posted

# A phone that really blocked the bot is written to a few times more; the rest would only fill the admin's list.
WRITTEN_AFTER_BLOCK = 3
# Phones do not write faster than they are answered, however slow the machine is: else the run would end in a queue.
UNANSWERED = 60
# Fewer than a sender looks ahead (store.delivery_queue.LOOK_AHEAD), so that digests, which come last, get their turn.
FEW = 40
# What is typed to choose, but for what takes back what was confirmed.
LETTER = re.compile(r"Nhắn «([A-Z])»: (?!Báo nhầm)")


class Load:
    """Draws what happens next; every method is one step of one thread."""

    def __init__(self, run: Run, town: Town) -> None:
        self.run, self.town = run, town
        self.random: Random = run.random("phones")
        self.crowd: Random = run.random("broadcasts")
        self._tokens = 0
        self._started: set[str] = set()
        self._after_block: dict[str, int] = {}

    def act(self) -> None:
        """One phone does one thing; what a phone could not do (a button that is gone) is left."""
        waiting = self.run.count("SELECT count(*) FROM inbox WHERE state = 'new'")
        if waiting + len(self.run.platform.pending_updates()) > UNANSWERED:
            return
        kind = self.random.choices(list(self.run.side.weights), list(self.run.side.weights.values()))[0]
        user = self.random.choice(list(self.town.officers))
        try:
            getattr(self, f"_{kind}")(user)
        except ValueError as error:
            self.run.figures["acts a phone could not do"] += 1
            if "blocked" not in str(error) and "button" not in str(error):
                raise

    def _token(self) -> str:
        self._tokens += 1
        return f"#k{self._tokens:06d}"

    def _note(self, kind: str, chat: int | str, token: str, message_id: int | str, *files: bytes) -> None:
        update = self.run.platform.told_of.get((str(chat), str(message_id)))
        digests = tuple(hashlib.sha256(each).hexdigest() for each in files)
        if update is not None:
            self.run.acts.append(Act(kind, str(chat), token, update, str(message_id), digests))

    def _say(self, kind: str, user: int, words: str, token: str) -> None:
        message = self.run.phones.say(user, user, words)
        self._note(kind, user, token, message["message_id"])

    def _progress(self, user: int) -> None:
        code, token = self.random.choice(self.town.lasting[self.town.officers[user]]), self._token()
        self._say("progress", user, f"/tiendo {code} {self.random.randrange(10, 95, 5)} {token}", token)

    def _blocked(self, user: int) -> None:
        code, token = self.random.choice(self.town.lasting[self.town.officers[user]]), self._token()
        self._say("blocked", user, f"/vuongmac {code} thiếu kinh phí {token}", token)

    def _done(self, user: int) -> None:
        token = self._token()
        self._say("done", user, f"/done {self._code(user)} {token}", token)

    def _photo(self, user: int) -> None:
        token = self._token()
        data = PNG + token.encode()
        message = self.run.phones.send_photo(user, user, data, f"/done {self._code(user)} {token}")
        self._note("photo", user, token, message["message_id"], data)

    def _album(self, user: int) -> None:
        token = self._token()
        photos = [PNG + f"{token}/{number}".encode() for number in range(self.random.randint(2, 4))]
        messages = self.run.phones.send_album(user, user, photos, f"/done {self._code(user)} {token}")
        for number, (message, data) in enumerate(zip(messages, photos, strict=True)):
            self._note("piece" if number else "album", user, token, message["message_id"], data)

    def _code(self, user: int) -> str:
        agency = self.town.officers[user]
        return self.random.choice(self.town.ending[agency] * 2 + self.town.lasting[agency])

    def _text(self, user: int) -> None:
        self._say("text", user, self.random.choice(["/viec", "/chitiet 2b", f"xin chào {self._token()}"]), "")

    def _overdue(self, _user: int) -> None:
        where = self.random.choice([ADMINS[0], ADMINS[1], GROUP])
        self._asks(where, "/quahan")

    def _summary(self, _user: int) -> None:
        self._asks(ADMINS[1], "/tonghop")

    def _asks(self, where: int, words: str) -> None:
        user = ADMINS[0] if where == GROUP else where
        message = self.run.phones.say(user, where, self.run.side.addressed(words) if where == GROUP else words)
        self._note("text", message["chat"]["id"], "", message["message_id"])

    def _tap(self, user: int) -> None:
        shown = [each for each in self.run.platform.by_chat[str(user)][-8:] if each.labels]
        if not shown:
            return
        arrival = self.random.choice(shown)
        data = self.random.choice(arrival.labels)[1]
        command = data.partition("|")[2]
        if command.startswith("/undo "):
            self.run.undone.add(int(command.removeprefix("/undo ")))
        query = self.run.phones.tap(user, user, int(arrival.message_id), data)
        update = self.run.platform.told_of.get(("press", str(query["id"])))
        if update is not None:
            self.run.acts.append(Act("tap", str(user), "", update, ""))

    def _letter(self, user: int) -> None:
        """Types what one of the last messages says to type for a choice."""
        shown = [found for each in self.run.platform.by_chat[str(user)][-8:] for found in LETTER.findall(each.text)]
        if shown:
            message = self.run.phones.say(user, user, self.random.choice(shown))
            self._note("tap", user, "", message["message_id"])

    def _start(self, _user: int) -> None:
        """Who was told 403 by mistake presses Start again, and is reachable again."""
        lost = sorted(filter(str.isdecimal, self.run.platform.forbidden - self.run.blocked - self._started))
        if lost:
            chat = self.random.choice(lost)
            self._started.add(chat)
            message = self.run.phones.press_start(int(chat))
            self._note("text", int(chat), "", message["message_id"])

    def _block(self, _user: int) -> None:
        left = [user for user in self.town.listeners if str(user) not in self.run.blocked]
        if len(self.run.blocked) < len(self.town.listeners) * 0.04:
            user = self.random.choice(left)
            self.run.blocked.add(str(user))
            self.run.phones.block(user)

    def broadcast(self) -> None:
        """Posts a wave of broadcasts once the outbox is nearly empty, so that digests get their turn too."""
        few = min(FEW, self.run.scale.wave // 3)
        with self.run.writing, self.run.store.look() as session:
            if len(delivery_queue.waiting(session, self.run.now(), reminders=True, limit=few + 1)) > few:
                return
        # Rows behind one that waits cannot leave either: they must not pile up.
        if self.run.count(f"SELECT count(*) FROM delivery WHERE {UNSETTLED}") > 2 * self.run.scale.wave:
            return
        wave: list[tuple[Identity, int, str]] = []
        for _ in range(self.run.scale.wave):
            user = self.crowd.choice(list(self.town.listeners))
            chat = str(user)
            if chat in self.run.blocked:
                self._after_block[chat] = self._after_block.get(chat, 0) + 1
                if self._after_block[chat] > WRITTEN_AFTER_BLOCK:
                    continue
            number = len(self.run.posted) + len(wave) + 1
            wave.append(
                (Identity("faults", number), user, f"Thông báo số {number:07d} của Văn phòng, xin các đồng chí lưu ý.")
            )
        with self.run.unit() as session:
            for identity, user, text in wave:
                person_id = self.town.listeners[user]
                posted(
                    session,
                    str(user),
                    text,
                    self.run.now(),
                    DeliveryKind.NOTICE,
                    identity=identity,
                    person_id=person_id,
                    channel=self.run.side.name,
                )
        self.run.posted |= {identity.key: text for identity, _, text in wave}
