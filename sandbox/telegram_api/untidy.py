"""A getUpdates less tidy than promised: it hands updates out again after they were confirmed, and out of order."""

from __future__ import annotations

from random import Random

from sandbox.telegram_api.values import Json

REMEMBERED = 200


class Untidy:
    """For `Platform.hand_out`: `again` and `shuffle` are the chances for each batch; what happened is counted."""

    def __init__(self, random: Random, again: float, shuffle: float) -> None:
        self._random, self._again, self._shuffle = random, again, shuffle
        self._handed: dict[int, Json] = {}
        self.repeated = self.shuffled = 0

    def __call__(self, updates: list[Json]) -> list[Json]:
        """The batch, perhaps with an update of an earlier one, perhaps in another order."""
        given = list(updates)
        fresh = {update["update_id"] for update in updates}
        earlier = [update for number, update in self._handed.items() if number not in fresh]
        if earlier and self._random.random() < self._again:
            given.insert(0, self._random.choice(earlier))
            self.repeated += 1
        if len(given) > 1 and self._random.random() < self._shuffle:
            self._random.shuffle(given)
            self.shuffled += 1
        self._handed |= {update["update_id"]: update for update in updates}
        for number in list(self._handed)[:-REMEMBERED]:
            del self._handed[number]
        return given
