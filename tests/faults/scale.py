"""How long and how hard a run of the fault harness is; chances are per call, times in real seconds."""

from dataclasses import dataclass, field, replace

# Of each fault for every hundred messages; what is left goes through.
SENDING = {
    "429": 1.2,
    "500": 0.8,
    "502html": 0.8,
    "slow": 0.8,
    "drop": 1.0,
    "accepted_but_lost": 1.5,
    "accepted_but_500": 1.0,
    "400": 0.1,
    "403": 0.03,
}
# Of each fault for every hundred calls of another kind: getUpdates, getMe, getFile, setMyCommands …
ASKING = {"429": 0.8, "500": 0.8, "502html": 0.8, "slow": 0.8, "drop": 0.8, "accepted_but_lost": 0.8}


@dataclass(frozen=True)
class Scale:
    """One size of run. It lasts `seconds`, and longer until `kills` and `sends` are reached, but not over `most_s`.

    `acts` are what phones do in a second, `wave` the broadcasts posted whenever the outbox is nearly empty; the
    `..._every` are mean pauses between two events of a kind, None for never; `away_every` is for a platform that keeps
    nothing while nobody polls.
    """

    seconds: float
    most_s: float
    kills: int
    sends: int
    listeners: int
    acts: float
    wave: int
    kill_every: float
    lock_every: float
    long_lock_every: float | None
    disk_every: float
    day_every: float
    wobble_every: float
    away_every: float | None = None
    sending: dict[str, float] = field(default_factory=lambda: dict(SENDING))
    asking: dict[str, float] = field(default_factory=lambda: dict(ASKING))


SHORT = Scale(
    seconds=22,
    most_s=60,
    kills=8,
    sends=400,
    listeners=200,
    acts=6,
    wave=120,
    kill_every=1.4,
    lock_every=4,
    long_lock_every=None,
    disk_every=9,
    day_every=5,
    wobble_every=9,
)
LONG = Scale(
    seconds=60,
    most_s=4 * 3600,
    kills=1000,
    sends=100_000,
    listeners=400,
    acts=3,
    wave=300,
    kill_every=1.0,
    lock_every=15,
    long_lock_every=400,
    disk_every=60,
    day_every=20,
    wobble_every=90,
)
# On a server: longer than its own restarts, of which there are some.
SERVER = replace(SHORT, seconds=20, most_s=40, kills=6, sends=250, listeners=100, disk_every=6)
# Zalo takes a poll a second and gives one update in it: more than that nobody could say there. 50 people is its plan.
ON_ZALO = {
    "429": 0.3,
    "429html": 0.3,
    "500": 0.6,
    "502html": 0.8,
    "504html": 0.4,
    "malformed": 0.5,
    "drop": 1.0,
    "accepted_but_lost": 1.5,
    "accepted_but_504": 1.0,
    "400": 0.1,
    "403": 0.4,
    "410": 0.05,
}
ASKING_ZALO = {
    "429html": 0.8,
    "500": 0.8,
    "502html": 0.8,
    "504html": 0.8,
    "malformed": 0.8,
    "drop": 0.8,
    "accepted_but_lost": 0.8,
    "accepted_but_504": 0.4,
}
ZALO = replace(
    SHORT,
    seconds=40,
    most_s=360,
    kills=5,
    sends=300,
    listeners=25,
    acts=0.7,
    wave=40,
    kill_every=5,
    disk_every=15,
    away_every=25,
    sending=ON_ZALO,
    asking=ASKING_ZALO,
)
