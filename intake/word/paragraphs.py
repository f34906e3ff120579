"""What a paragraph says: tracked changes as accepted, struck words passed over, soft breaks as line ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from intake.source import Mark
from intake.word import names as w


@dataclass
class Said:
    """The words of a paragraph, the paragraphs of text boxes that hang on it, and what was odd."""

    words: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    marks: set[Mark] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The words together, as they were typed."""
        return "".join(self.words)


def said(paragraph: Any) -> Said:
    """The words of a paragraph element; those that a tracked change took away are not among them."""
    found = Said()
    _walk(paragraph, found)
    mark = paragraph.find(f"{w.W}pPr/{w.W}rPr")
    if mark is not None and (mark.find(w.INSERTED) is not None or mark.find(w.DELETED) is not None):
        found.marks.add("changed")
    return found


def is_joined_on(paragraph: Any) -> bool:
    """Whether a tracked change took the paragraph's end away: the next one goes on in its line."""
    return paragraph.find(f"{w.W}pPr/{w.W}rPr/{w.DELETED}") is not None


def _walk(element: Any, found: Said) -> None:
    for child in element:
        tag = child.tag
        if tag in (w.DELETED, w.MOVED_FROM):
            if _has_words(child):
                found.marks.add("changed")
        elif tag in (w.INSERTED, w.MOVED_TO):
            found.marks.add("changed")
            _walk(child, found)
        elif tag == w.R:
            _run(child, found)
        elif tag == w.BOX or tag == w.TEXT_PATH:
            found.boxes.append(child)
        elif tag != w.FALLBACK and not tag_is(child, "pPr"):
            # The fallback repeats for old programs what the choice beside it holds.
            _walk(child, found)


def _has_words(deleted: Any) -> bool:
    return any((each.text or "").strip() for each in deleted.iter(f"{w.W}delText", w.T))


def tag_is(element: Any, name: str) -> bool:
    """Whether an element is a WordprocessingML one of that name; comments and instructions are none."""
    return bool(element.tag == f"{w.W}{name}")


def _run(run: Any, found: Said) -> None:
    properties = run.find(f"{w.W}rPr")
    if properties is not None and _is_on(properties, "vanish"):
        if "".join(_words(run)).strip():
            found.marks.add("hidden")
        return
    words = "".join(_words(run))
    if properties is not None and (_is_on(properties, "strike") or _is_on(properties, "dstrike")):
        if words.strip():
            found.marks.add("struck")
    else:
        found.words.append(words)
    for child in run:
        if child.tag not in (w.T, w.TAB, w.BREAK) and isinstance(child.tag, str) and not tag_is(child, "rPr"):
            _walk_drawing(child, found)


def _walk_drawing(element: Any, found: Said) -> None:
    """Text boxes and letters drawn on a path, as stamps and watermarks are, hang below a run."""
    for child in [element, *element.iter()]:
        is_box = child.tag in (w.BOX, w.TEXT_PATH) and not _in_fallback(child, element)
        if is_box and all(child is not each for each in found.boxes):
            found.boxes.append(child)


def _in_fallback(child: Any, top: Any) -> bool:
    """Whether a box is the repetition for old programs of one that stands beside it."""
    above = child.getparent()
    while above is not None and above is not top:
        if above.tag == w.FALLBACK:
            beside = above.getparent()
            return beside is not None and beside.find(w.CHOICE) is not None
        above = above.getparent()
    return False


def _is_on(properties: Any, name: str) -> bool:
    element = properties.find(f"{w.W}{name}")
    return element is not None and element.get(w.VALUE, "true") not in ("0", "false", "off", "none")


def _words(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == w.T:
            yield child.text or ""
        elif child.tag == w.TAB:
            yield "\t"
        elif child.tag in (w.BREAK, w.CARRIAGE):
            yield "" if child.get(f"{w.W}type") == "page" else "\n"
        elif child.tag == w.NO_BREAK_HYPHEN or child.tag == w.SYMBOL:
            yield "-"
