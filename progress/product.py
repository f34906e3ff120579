"""The document that came out of a piece of work, as its officer names it in an answer."""

from collections.abc import Iterable
from datetime import date

from plan.documents import is_document
from plan.model import Kind
from progress.items import Item
from store.answer_tables import Submission
from words import products
from words.office import Office
from words.products import Product


def named(notes: Iterable[tuple[str, date]]) -> Product:
    """The document that notes name, each with its local day, the earliest first; empty where none does.

    The latest holds, and what it leaves out stays where it is the same document.
    """
    kept = Product("")
    for note, today in notes:
        found = products.read(note, today)
        if found is not None and found.number == kept.number:
            kept = Product(found.number, found.day or kept.day, found.title or kept.title)
        else:
            kept = found or kept
    return kept


def keep(submission: Submission, note: str, today: date) -> bool:
    """Takes the document that a note names into the answer; the latest holds, and what it leaves out stays."""
    found = products.read(note, today)
    if found is None:
        return False
    same = found.number == submission.product_number
    submission.product_number = found.number
    submission.product_date = found.day or (submission.product_date if same else None)
    submission.product_title = found.title or (submission.product_title if same else "")
    return True


def is_named(note: str) -> bool:
    """Whether a note names a document, with whatever date."""
    return products.read(note, date.min) is not None


def is_missing(item: Item, submission: Submission) -> bool:
    """Whether an answer should still name its document; ongoing work is not asked, its answers are lines."""
    if submission.product_number or submission.nothing_arose or item.milestone.kind is Kind.ONGOING:
        return False
    return is_document(item.task, item.milestone)


def in_words(office: Office, submission: Submission) -> str:
    """The document of an answer, empty where none was named."""
    if not submission.product_number:
        return ""
    return office.text(
        "product.named",
        number=submission.product_number,
        signed=submission.product_date,
        title=submission.product_title,
    )


def line(office: Office, submission: Submission) -> str:
    """The document of an answer as a sentence, empty where none was named."""
    named = in_words(office, submission)
    return office.text("product.line", document=named) if named else ""
