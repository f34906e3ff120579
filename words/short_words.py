"""The short words of data/short_words_vi.toml: what leaves a question, says nothing, agrees, decides, or chooses."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from words.codes import fold, normalise

FILE = Path(__file__).parent.parent / "data" / "short_words_vi.toml"
WORD = re.compile(r"[^\W_]+")
# So many words at most leave a question, or agree: more of them say something.
MOST = 5


@dataclass(frozen=True)
class ShortWords:
    """The lists, folded: single words, and phrases of words with one space between them; `returns` and `unclear` with
    their accents."""

    particles: frozenset[str]
    leaves: frozenset[str]
    beside_leaving: frozenset[str]
    slips: frozenset[str]
    nothing: frozenset[str]
    consent: frozenset[str]
    courtesy: tuple[str, ...]
    beside_courtesy: frozenset[str]
    sends: frozenset[str]
    confirms: frozenset[str]
    beside_confirming: frozenset[str]
    returns_bare: frozenset[str]
    returns: tuple[str, ...]
    unclear: tuple[str, ...]
    names_decision: frozenset[str]
    meanings: Mapping[str, str]


@cache
def lists() -> ShortWords:
    """The lists of the installation, read once."""
    data: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    return ShortWords(
        particles=_folded(data["particles"]),
        leaves=_folded(data["leave"]["says"]),
        beside_leaving=_folded(data["leave"]["beside"]),
        slips=_folded(data["leave"]["slips"]),
        nothing=_folded(data["nothing"]["says"]),
        consent=_folded(data["consent"]["says"]),
        sends=_folded(data["send"]["says"]),
        confirms=_folded(data["verdict"]["confirms"]),
        beside_confirming=_folded(data["verdict"]["beside"]),
        returns_bare=_folded(data["verdict"]["returns_bare"]),
        returns=tuple(map(normalise, data["verdict"]["returns"])),
        unclear=tuple(map(normalise, data["verdict"]["unclear"])),
        names_decision=_folded(data["verdict"]["names"]),
        # In the order of the file: the first one that is found is taken out first.
        courtesy=tuple(" ".join(words(each)) for each in data["courtesy"]["says"]),
        beside_courtesy=_folded(data["courtesy"]["beside"]),
        meanings={" ".join(words(typed)): name for name, said in data["meanings"].items() for typed in said},
    )


def _folded(phrases: list[str]) -> frozenset[str]:
    return frozenset(" ".join(words(each)) for each in phrases)


def words(text: str) -> list[str]:
    """The words of a text, folded, without what stands between them."""
    return WORD.findall(fold(normalise(text)))


def bare(text: str, beside: Collection[str] = ()) -> str:
    """A text's words without the particles, and what is said `beside`, at both ends: "dạ xong rồi ạ" is "xong"."""
    found, known = words(text), lists().particles.union(beside)
    while found and found[0] in known:
        found = found[1:]
    while found and found[-1] in known:
        found = found[:-1]
    return " ".join(found)


def begins_with(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text begins with one of some folded phrases, particles before it aside, whatever follows."""
    said = f"{bare(text)} "
    return any(said.startswith(f"{each} ") for each in phrases)


def leaves(text: str, *, slip_is_reason: bool = False) -> bool:
    """Whether a text says nothing but that a question is to be left: hủy, thôi, bỏ, nhầm, không.

    `slip_is_reason` where the question asks why something is taken back: "gửi nhầm" answers it.
    """
    found, known = words(text), lists()
    if slip_is_reason and bare(text) in known.slips:
        return False
    beside = known.leaves | known.beside_leaving | known.particles
    return 0 < len(found) <= MOST and bool(known.leaves & set(found)) and set(found) <= beside


def says_nothing(text: str) -> bool:
    """Whether a text is courtesy where a reason is asked for: "dạ", "ok anh", "đồng ý"."""
    found, known = " ".join(words(text)), lists()
    for phrase in sorted(known.nothing, key=len, reverse=True):
        found = f" {found} ".replace(f" {phrase} ", " ").strip()
    return bool(words(text)) and set(found.split()) <= known.particles


def agrees(text: str) -> bool:
    """Whether a text agrees and says nothing else: "tôi đồng ý", "dạ em đồng ý ạ"; "đồng ý?" asks."""
    said = {" ".join(words(text)), bare(text)}
    return "?" not in text and len(words(text)) <= MOST and bool(said & lists().consent)


def sends(text: str) -> bool:
    """Whether a text says yes to what would be sent, and nothing else: "có", "gửi đi ạ", "đồng ý"."""
    said = {" ".join(words(text)), bare(text)}
    return agrees(text) or ("?" not in text and bool(said & lists().sends))


def begins_to_agree(text: str) -> bool:
    """Whether a text begins with words that agree, whatever follows: "đồng ý nhưng …"."""
    return begins_with(text, lists().consent)


def perhaps_agrees(text: str) -> bool:
    """Whether a text agrees, or may mean to: "đồng ý nhưng …", and "ok", "dạ vâng", "được ạ" where consent is asked."""
    return begins_to_agree(text) or sends(text) or says_nothing(text)


def meaning(text: str) -> str | None:
    """The name of the meaning that a text chooses of those that are offered; "all" takes each as it was read."""
    chosen = lists().meanings
    return chosen.get(" ".join(words(text))) or chosen.get(bare(text))
