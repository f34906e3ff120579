"""Counts over a table of sentences what is recorded wrongly as done, asked needlessly, and not understood."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from words.codes import fold
from words.reading import Answer, Said, read_answer

FILE = Path(__file__).parent / "sentences.txt"
TODAY = date(2020, 1, 14)
KNOWN = ("1c", "1d", "1đ", "2b", "2c", "2d", "2h", "4c", "5", "8b", "bc", "kh", "th", "kp")
OWN = ("UBND xã Sơn Dung", "xã Sơn Dung", "Sơn Dung")
OTHERS = ("Phòng Tài chính - Kế hoạch", "phòng tài chính", "xã Sơn Long", "Phòng Tư pháp", "Phòng Nội vụ")
RECORDED = (Said.DONE, Said.HANDED_IN)


@dataclass(frozen=True)
class Sentence:
    """What was typed; `means` holds (code, meaning, whether it may be recorded as such), `told` after /done."""

    text: str
    means: tuple[tuple[str, Said, bool], ...]
    told: bool = False
    as_it_stands: bool = False


@dataclass(frozen=True)
class Measured:
    """How many readings there were, and which of them went wrong, each with its sentence."""

    read: int
    wrong: tuple[str, ...]
    needless: tuple[str, ...]
    missed: tuple[str, ...]


def sentences() -> Iterator[Sentence]:
    """The table, each sentence as it stands."""
    for line in FILE.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        means, _, text = line.partition("|")
        text = text.strip().replace("\\n", "\n")
        told = text.startswith("/")
        alone = means.startswith("=")
        means = means.removeprefix("=").strip()
        yield Sentence(text.removeprefix("/"), tuple(map(_meaning, means.split(","))), told, alone)


def _meaning(words: str) -> tuple[str, Said, bool]:
    code, _, meaning = words.strip().rpartition(" ")
    return code, Said(meaning.removeprefix("!")), not meaning.startswith("!")


def forms(text: str) -> Iterator[str]:
    """A sentence as it stands, with its accents apart from their letters, without them, and in small letters."""
    yield from dict.fromkeys((text, unicodedata.normalize("NFD", text), _plain(text), text.lower()))


def _plain(text: str) -> str:
    """Without accents, but for the letter of a code."""
    return " ".join(word if word in ("1đ", "đ") else fold(word) for word in text.split(" "))


def measure() -> Measured:
    """Reads every form of every sentence."""
    read, wrong, needless, missed = 0, [], [], []
    for sentence in sentences():
        for form in (sentence.text,) if sentence.as_it_stands else forms(sentence.text):
            found = read_answer(form, TODAY, KNOWN, own=OWN, others=OTHERS, told=sentence.told)
            if len(found) != len(sentence.means):
                missed.append(form)
                found = found * len(sentence.means)
            for (code, meaning, may), answer in zip(sentence.means, found, strict=False):
                read += 1
                line = f"{meaning:10} as {answer.reading.says:10} {code:3} {form!r}"
                if is_recorded(answer) and (meaning is not answer.reading.says or not may):
                    wrong.append(line)
                elif may and meaning is not Said.BARE and not answer.reading.plain:
                    needless.append(line)
                if answer.reading.says is not meaning:
                    missed.append(line)
    return Measured(read, tuple(wrong), tuple(needless), tuple(missed))


def is_recorded(answer: Answer) -> bool:
    """Whether it would be recorded as a result without a question."""
    return answer.reading.plain and answer.reading.says in RECORDED


if __name__ == "__main__":
    found = measure()
    for name, lines in (("WRONG", found.wrong), ("needless", found.needless), ("not understood", found.missed)):
        for each in lines:
            print(f"{name}: {each}")
    total = len(list(sentences()))
    print(f"{total} sentences, {found.read} readings (as typed, NFD, without accents, small letters)")
    print(f"recorded wrongly as done {len(found.wrong)}")
    print(f"asked needlessly         {len(found.needless)} ({100 * len(found.needless) / found.read:.1f} %)")
    print(f"not understood           {len(found.missed)} ({100 * len(found.missed) / found.read:.1f} %)")
