"""What a comparison finds: the promises that were broken, and the numbers of the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

SHOWN = 12


@dataclass
class Verdict:
    """`broken` names each broken promise; `figures` are the numbers of the table."""

    broken: list[str] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def breaks(self, promise: str, found: list[str]) -> None:
        """Writes down what breaks a promise, if anything does."""
        self.figures[promise] = len(found)
        if found:
            self.broken.append(f"{promise}: {len(found)}: " + "; ".join(found[:SHOWN]))
