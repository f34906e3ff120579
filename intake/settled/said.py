"""Says a draft's questions in the words of the catalogue: each with its place, its answers and what may be written."""

from intake import said
from intake.articles.codes import is_made_up
from intake.draft import Draft
from intake.settled import ticked
from intake.settled.values import Option, Question, Typed
from plan.times.values import Choice
from words import times
from words.catalogue import Catalogue
from words.message import plain


def question(text: Catalogue, asked: Question) -> str:
    """The question in one sentence or two, with the file's own words."""
    kind = asked.doubt.kind
    if f"import_ask.{kind}" in text:
        return plain(text(f"import_ask.{kind}", words=asked.doubt.words, **asked.doubt.values))
    return said.question(text, asked.doubt)


def place(text: Catalogue, asked: Question) -> str:
    """Where the words stand: «việc II.1, trang 2, hàng 4»; "" for the document as a whole."""
    where = said.place(text, asked.doubt.place)
    if asked.doubt.about == "plan" or is_made_up(asked.doubt.about):
        return where
    work = plain(text("import_ask_place.work", code=asked.doubt.about))
    return f"{work}, {where}" if where else work


def option(text: Catalogue, offered: Option) -> str:
    """One answer as its button says it, with the day that it leads to."""
    if offered.times:
        return times.answer(text, Choice(offered.times))
    key = offered.key.partition("-")[0]
    values = {name: len(value) if isinstance(value, list) else value for name, value in offered.values.items()}
    table = "import_answer" if f"import_answer.{key}" in text else "intake_answer"
    return plain(text(f"{table}.{key}", **values))


def members(text: Catalogue, asked: Question) -> str:
    """The names that the offered answers stand for, a line each; "" where they say all themselves."""
    found, letter = [], {name: each for each, name in ticked.letters(asked).items()}
    for offered in asked.options:
        names = offered.values.get("names")
        if isinstance(names, list):
            title, listed = (
                offered.values.get("title", ""),
                [f"{letter.get(each, '')} {each}".strip() for each in names],
            )
            found.append(plain(text("import_ask_place.named", names="; ".join(listed), title=title)))
    return "\n".join(found)


def hint(text: Catalogue, asked: Question) -> str:
    """What may be written in the place of an offered answer; "" where nothing may."""
    if asked.typed is Typed.NOTHING:
        return ""
    return plain(text("import_typed.ticked" if ticked.letters(asked) else f"import_typed.{asked.typed}"))


def figures(text: Catalogue, draft: Draft) -> str:
    """«52 dòng: 45 nhiệm vụ, 7 dòng không phải nhiệm vụ»."""
    work = len(draft.tasks) + len(draft.duties)
    left_out = len(draft.left_out)
    return plain(
        text(
            "plan_import.figures",
            lines=work + left_out,
            work=work,
            duties=len(draft.duties),
            left_out=left_out,
        )
    )
