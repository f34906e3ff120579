"""The three steps on which the sandbox opens: what a commune gets, how it answers, what the leader sees."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sandbox.example_answers import PICTURE
from sandbox.example_people import LEADER_USER, Settler, officer_of
from sandbox.sentences import say
from sandbox.telegram_api.platform import Platform
from words.office import Office

# The plan of 2020 in data/, and a task of it that every commune owes before 31/01/2020.
PLAN, COMMUNE = "cchc-2020", "sondung"
DAYS: Mapping[str, date] = {"commune": date(2020, 1, 14), "due": date(2020, 1, 31), "quarter": date(2020, 3, 16)}


class Demo:
    """Does a step at one press and says whose phone shows it."""

    def __init__(self, platform: Platform, office: Office, people: tuple[Settler, ...]) -> None:
        self._platform, self._office = platform, office
        found = officer_of(people, COMMUNE)
        self._officer = found.user if found is not None else 0

    @property
    def is_there(self) -> bool:
        """Whether this sandbox has the plan and the people that the steps speak of."""
        return PLAN in self._office.plans and bool(self._officer)

    def step(self, name: str, now: datetime, go: Callable[[date, bool], None]) -> int:
        """Does a step and gives the chat to look at; a day that has passed is only looked at.

        `go` moves the clock to the morning of a day, with or without the example officers' answers. Raises ValueError
        with a sentence for a step that is none.
        """
        if not self.is_there:
            raise ValueError(say("noStep"))
        if name in DAYS:
            if self._office.today(now) < DAYS[name]:
                go(DAYS[name], name != "commune")
            return self._officer if name == "commune" else LEADER_USER
        if name == "photo":
            self._platform.send_photo(self._officer, self._officer, PICTURE.read_bytes(), say("photoCaption"))
            return self._officer
        if name == "leader":
            self._platform.say(LEADER_USER, LEADER_USER, say("summaryCommand"))
            return LEADER_USER
        raise ValueError(say("noStep"))
