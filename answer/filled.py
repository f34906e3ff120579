"""What somebody filled in: read from the form whole, with every mistake in words, so that nothing is typed twice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from answer.owed import BLOCKED, DONE, NOTHING, PROGRESS, Owed
from desk import forms
from progress.acts.values import AnyAct, Blocked, Done, Nothing, Progress
from progress.submit import Statement
from words import names
from words.office import Office

MOST_NOTE, MOST_NUMBER = 4000, 300
ACTS: Mapping[str, Callable[[Statement, int], AnyAct]] = {
    DONE: Done,
    PROGRESS: Progress,
    BLOCKED: Blocked,
    NOTHING: Nothing,
}
SHARE = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Filled:
    """The fields as they were typed; `kept` are the numbers of files that an earlier try brought and that stay."""

    answer: str = ""
    percent: str = ""
    note: str = ""
    number: str = ""
    kept: tuple[int, ...] = ()
    mistakes: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        """The document's number with what was written, as somebody would write it in the chat."""
        share = f"{self.percent}%" if self.answer == PROGRESS and self.percent else ""
        return "\n".join(filter(None, (" ".join(filter(None, (share, self.number))), self.note)))

    def act(self, said: Statement, obligation: int) -> AnyAct:
        """The same act that the chat's words become."""
        return ACTS[self.answer](said, obligation)


def read(office: Office, owed: Owed, form: FormData) -> Filled:
    """What was filled in, and what is wrong with it."""
    kept = [number for each in form.getlist("kept") if isinstance(each, str) and (number := forms.number_or_none(each))]
    found = Filled(
        # Where there is nothing to choose the form has no choice; one of before says what was meant then.
        answer=forms.word(form, "answer") or (DONE if owed.adds else ""),
        percent=forms.word(form, "percent").rstrip("% "),
        note=names.clean(forms.word(form, "note")),
        number=names.one_line(forms.word(form, "number"), MOST_NUMBER),
        kept=tuple(dict.fromkeys(kept)),
    )
    return Filled(
        found.answer, found.percent, found.note, found.number, found.kept, tuple(_mistakes(office, owed, found))
    )


def _mistakes(office: Office, owed: Owed, found: Filled) -> list[str]:
    text, share = office.text, found.percent
    wrong = {
        "no_answer": found.answer not in owed.answers and not owed.adds,
        "answered_meanwhile": found.answer not in owed.answers and owed.adds,
        "wrong_percent": found.answer == PROGRESS
        and share != ""
        and not (SHARE.fullmatch(share) and int(share) <= 100),
        "no_reason": found.answer == BLOCKED and not found.note,
        "too_long": len(found.note) > MOST_NOTE,
    }
    return [text(f"answer_page.{key}", most=MOST_NOTE) for key, is_wrong in wrong.items() if is_wrong]
