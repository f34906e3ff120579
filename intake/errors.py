"""Why a document is not read at all."""

from plan.errors import NhacViecError


class RefusedError(NhacViecError):
    """A document that is refused whole, before anything of it is kept.

    `why` names the sentence in the catalogue (intake.refused), `values` what it speaks of.
    """

    def __init__(self, why: str, **values: str | int) -> None:
        self.why, self.values = why, values
        super().__init__(why)
