"""What a province's morning came to: the platform's ledger beside what was posted and what the outboxes say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from store.types import DeliveryState


@dataclass
class Rows:
    """The platform's lines by token, the tokens by office, and each office's outbox."""

    lines: Mapping[str, Mapping[str, Any]]
    tokens: Mapping[str, str]
    outboxes: Mapping[str, Counter[tuple[str, str]]]

    def line(self, office: str) -> Mapping[str, Any]:
        """What the platform knows of an office."""
        nothing = {"arrived": 0, "marked": 0, "texts": 0, "bare_repeats": 0, "silent_s": 0.0, "numbers": []}
        return self.lines.get(self.tokens[office], nothing)

    def total(self, name: str) -> int:
        """A count of the platform's over all offices."""
        return sum(self.line(each)[name] for each in self.tokens)

    def states(self) -> Counter[str]:
        """How the rows of all offices ended."""
        found: Counter[str] = Counter()
        for rows in self.outboxes.values():
            for (_, state), number in rows.items():
                found[state] += number
        return found

    def lost(self, posted_numbers: Mapping[str, set[int]]) -> int:
        """What was posted and never came."""
        return sum(len(numbers - set(self.line(name)["numbers"])) for name, numbers in posted_numbers.items())

    def wrong(self, posted_numbers: Mapping[str, set[int]]) -> Iterator[str]:
        """Each office of which something was lost, came again without its mark, or is not accounted for."""
        for name, rows in self.outboxes.items():
            line, sent = self.line(name), sum(rows[key] for key in rows if key[1] == DeliveryState.SENT)
            if lost := posted_numbers[name] - set(line["numbers"]):
                yield f"{name}: {len(lost)} posted and never taken: {sorted(lost)[:5]}"
            if line["bare_repeats"]:
                yield f"{name}: {line['bare_repeats']} came again without the mark"
            if line["texts"] != sent:
                yield f"{name}: {sent} sent by the outbox, {line['texts']} different ones at the platform"
            if other := {key: number for key, number in rows.items() if key[1] != DeliveryState.SENT}:
                yield f"{name}: not sent: {other}"
