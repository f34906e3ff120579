"""The three steps on which the sandbox opens: what a commune gets, how it answers, what the leader sees."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sandbox.example_answers import PICTURE
from sandbox.example_people import LEADER_USER, TELEGRAM, ZALO, Settler, officer_of
from sandbox.sentences import say
from sandbox.telegram_api.platform import Platform
from sandbox.zalo_api.platform import Platform as ZaloPlatform
from words.office import Office

# The plan of 2020 in data/, and a task of it that every commune owes before 31/01/2020.
PLAN, COMMUNE, COMMUNE_ON_ZALO = "cchc-2020", "sondung", "sonlong"
FIRST, PLAYED = date(2020, 1, 14), ("due", "quarter")
DAYS: Mapping[str, date] = {"commune": FIRST, "zalo": FIRST, "due": date(2020, 1, 31), "quarter": date(2020, 3, 16)}


class Demo:
    """Does a step at one press and says whose phone shows it."""

    def __init__(
        self, platform: Platform, office: Office, people: tuple[Settler, ...], zalo: ZaloPlatform | None = None
    ) -> None:
        self._platform, self._zalo, self._office = platform, zalo, office
        self._officer = officer_of(people, COMMUNE, TELEGRAM)
        self._on_zalo = officer_of(people, COMMUNE_ON_ZALO, ZALO)

    @property
    def is_there(self) -> bool:
        """Whether this sandbox has the plan and the people that the steps speak of."""
        return PLAN in self._office.plans and self._officer is not None

    def step(self, name: str, now: datetime, go: Callable[[date, bool], None]) -> int:
        """Does a step and gives the chat to look at; a day that has passed is only looked at.

        `go` moves the clock to the morning of a day, with or without the example officers' answers. Raises ValueError
        with a sentence for a step that is none.
        """
        whose = {"commune": self._officer, "zalo": self._on_zalo, "photo": self._officer, "zalo_photo": self._on_zalo}
        settler = whose.get(name)
        if not self.is_there or (settler is None and name not in (*PLAYED, "leader")):
            raise ValueError(say("noStep"))
        if name in DAYS and self._office.today(now) < DAYS[name]:
            go(DAYS[name], name in PLAYED)
        elif name not in DAYS:
            self._send(name, settler)
        return settler.user if settler is not None else LEADER_USER

    def _send(self, name: str, settler: Settler | None) -> None:
        """What somebody sends at a step."""
        if settler is None:
            self._platform.say(LEADER_USER, LEADER_USER, say("summaryCommand"))
        elif name == "photo":
            self._platform.send_photo(settler.user, settler.user, PICTURE.read_bytes(), say("photoCaption"))
        elif self._zalo is not None:
            self._zalo.send_photo(self._zalo.person(settler.name), PICTURE.read_bytes(), say("photoCaptionTyped"))
