"""The proof sheet as a page to print, and as a Word document from the office's template."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reports.tables import html_page
from reports.tables.html_page import Code, Part, Shown
from reports.word import templates
from reports.word.documents import PROOF
from reports.word.proof_words import FileLine, Proof
from words.message import plain
from words.office import Office

FACTS = ("plan", "basis", "lead", "coordinating", "product", "printed")


def html(office: Office, proof: Proof) -> bytes:
    """The sheet in UTF-8: A4 upright, with blanks for whoever makes and certifies it."""
    how = _say(office, "signature")
    return html_page.html(
        _say(office, "title"),
        [(_say(office, f"fact_{key}"), value) for key, value in _facts(proof) if value],
        _parts(office, proof),
        language=office.text.language,
        signs=[(_say(office, "maker"), how), (_say(office, "certifier"), how)],
        closing=_say(office, "automatic"),
    )


def docx(proof: Proof, folder: Path) -> bytes:
    """The sheet as .docx from the template in `folder`; raises TemplateError."""
    return templates.render(folder / PROOF, proof)


def _facts(proof: Proof) -> Iterator[tuple[str, str]]:
    yield "code", f"{proof.code} – {proof.title}"
    yield "agency", proof.agency
    for key in FACTS:
        yield key, getattr(proof, key)
    yield "dates", "\n".join(proof.dates)
    yield "state", proof.state
    yield "made", proof.made


def _parts(office: Office, proof: Proof) -> Iterator[Part]:
    def part(key: str, columns: Sequence[str], rows: Iterable[Sequence[Shown]], none: str = "none") -> Part:
        headings = [_say(office, f"column_{column}") for column in ("number", *columns)]
        numbered = [(number, *row) for number, row in enumerate(rows, start=1)]
        return Part(_say(office, f"part_{key}"), headings, numbered, _say(office, none))

    told = ((each.at, each.to, each.through, each.what, each.why, each.state, each.answered) for each in proof.told)
    yield part("told", ("at", "to", "through", "what", "why", "state", "answered"), told, "none_told")
    steps = ((each.at, each.person, each.what, each.words, each.recorded) for each in proof.steps)
    yield part("steps", ("at", "person", "happened", "words", "recorded"), steps)
    answers = ((each.at, each.person, each.words, each.document, each.standing) for each in proof.answers)
    yield part("answers", ("at", "person", "words", "document", "standing"), answers)
    sent = (*(file for each in proof.answers for file in each.files), *proof.beside)
    files = ((_named(file), file.size, file.sent, Code(file.sha256)) for file in sent)
    yield part("files", ("name", "size", "sent", "sha256"), files)
    asked = ((each.reference, each.at, each.person, each.what, each.reason, each.decision) for each in proof.requests)
    yield part("requests", ("reference", "at", "person", "what", "words", "decision"), asked)
    remarks = ((each.at, each.person, each.words) for each in proof.remarks)
    yield part("remarks", ("at", "person", "words"), remarks)
    opinions = ((each.at, each.person, each.words, each.answer) for each in proof.opinions)
    yield part("opinions", ("at", "person", "opinion", "answer"), opinions)


def _named(file: FileLine) -> str:
    """A file by its name, and with what it came where it is of no answer."""
    return f"{file.name} ({file.of})" if file.of else file.name


def _say(office: Office, key: str) -> str:
    return plain(office.text(f"proof.{key}"))
