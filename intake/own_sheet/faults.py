"""What is wrong in a sheet that came back: which row, which column, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from plan.errors import NhacViecError


@dataclass(frozen=True)
class SheetFault:
    """One fault: the `row` as the sheet numbers it (0 for the whole sheet), the key of its column, and why.

    `why` names the sentence in the catalogue, `values` what it says.
    """

    row: int
    column: str
    why: str
    values: dict[str, str | list[str]] = field(default_factory=dict)


class SheetFaultsError(NhacViecError):
    """The plan's own sheet came back with faults; every one is in `faults`, and nothing was changed."""

    def __init__(self, faults: Sequence[SheetFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"row {each.row}, {each.column}: {each.why}" for each in faults))
