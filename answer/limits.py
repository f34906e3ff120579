"""How much one link, and one address that guesses, may ask in a while; forgotten when the process ends."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# Forms that bring megabytes at the same time: each holds one of them in memory when it is kept.
AT_ONCE = 4
# A person corrects a form a few times, on a line that breaks.
FORMS, FORMS_IN = 20, timedelta(minutes=10)
# Nobody types a link; a preview that mistook its end asks once or twice.
GUESSES, GUESSES_IN = 30, timedelta(minutes=1)
# So many keys are remembered, the latest.
MOST_KEYS = 5000


@dataclass
class Bucket:
    """At most `most` times `within` for each key."""

    most: int
    within: timedelta
    _times: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)

    def takes(self, key: str, now: datetime) -> bool:
        """Counts one more of a key, and says whether it may be."""
        times = self._times.setdefault(key, deque(maxlen=self.most))
        self._times.move_to_end(key)
        if len(self._times) > MOST_KEYS:
            self._times.popitem(last=False)
        if len(times) == self.most and now - times[0] < self.within:
            return False
        times.append(now)
        return True


@dataclass
class Limits:
    """Of forms that a link sends, of tokens that an address guesses, and of forms that come at once."""

    forms: Bucket = field(default_factory=lambda: Bucket(FORMS, FORMS_IN))
    guesses: Bucket = field(default_factory=lambda: Bucket(GUESSES, GUESSES_IN))
    under_way: int = 0

    def begins(self) -> bool:
        """Whether one more form may come now; `ends` follows where it may."""
        if self.under_way >= AT_ONCE:
            return False
        self.under_way += 1
        return True

    def ends(self) -> None:
        """A form has come, or was given up."""
        self.under_way -= 1
