"""A page of tables as HTML that stands alone: no script, nothing from elsewhere, readable on a phone and on paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from words.names import clean

STYLE = """
body { font: 16px/1.45 "Times New Roman", "Liberation Serif", serif; margin: 1.5rem auto; max-width: 80rem; padding: 0 1rem; }
h1 { font-size: 1.25rem; text-align: center; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .25rem 1rem; }
dt { font-weight: bold; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: 1px solid #555; padding: .3rem .4rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; overflow-wrap: normal; } td { white-space: pre-line; }
time, td:nth-child(-n+2) { white-space: nowrap; }
code { font: .75rem/1.3 "Liberation Mono", monospace; }
.sign { display: flex; justify-content: space-around; margin: 2.5rem 0 7rem; text-align: center; break-inside: avoid; }
@media screen and (max-width: 50rem) {
  table, tbody, tr, td { display: block; } thead { display: none; }
  dl { display: block; } tr { border: 1px solid #555; margin-bottom: .75rem; } td { border: 0; }
  td:empty { display: none; } td::before { content: attr(data-head) ": "; font-weight: bold; }
}
@page { size: A4 SIZE; margin: 15mm; }
@media print { body { font-size: 11pt; margin: 0; max-width: none; padding: 0; } }
""".strip()  # noqa: E501 -- lines of a style sheet


@dataclass(frozen=True)
class Link:
    """A cell that leads to a file beside the page, at a path without anything in it to escape."""

    path: str


@dataclass(frozen=True)
class Code:
    """A cell in letters of one width, such as a SHA-256."""

    words: str


Shown = str | int | date | datetime | Link | Code | None


@dataclass(frozen=True)
class Part:
    """A heading, a sentence, and a table with its headings; without rows the sentence `none` stands in its place."""

    title: str
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[Shown]] = ()
    none: str = ""


def html(
    title: str,
    facts: Iterable[tuple[str, str]],
    parts: Iterable[Part],
    *,
    language: str,
    signs: Sequence[tuple[str, str]] = (),
    closing: str = "",
    across: bool = False,
) -> bytes:
    """The page in UTF-8: a title, facts by name, the parts, a closing line, and blanks for signatures.

    It is printed on A4 that lies `across` or stands upright. Moments are local already. Every text is escaped, and
    freed of what no page may hold.
    """
    style = STYLE.replace("SIZE", "landscape" if across else "portrait")
    lines = [
        f'<!doctype html>\n<html lang="{_text(language)}">\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>\n<style>\n{style}\n</style>\n<h1>{_text(title)}</h1>\n<dl>",
        *(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in facts),
        "</dl>",
    ]
    for part in parts:
        lines += _part(part)
    if closing:
        lines.append(f"<p><i>{_text(closing)}</i></p>")
    if signs:
        blanks = "".join(f"<div><b>{_text(who)}</b><br><i>{_text(how)}</i></div>" for who, how in signs)
        lines.append(f'<div class="sign">{blanks}</div>')
    return ("\n".join(lines) + "\n</html>\n").encode()


def _part(part: Part) -> Iterator[str]:
    yield f"<h2>{_text(part.title)}</h2>"
    if not part.rows:
        yield f"<p>{_text(part.none)}</p>"
        return
    yield f"<table><thead><tr>{''.join(f'<th>{_text(each)}</th>' for each in part.headings)}</tr></thead><tbody>"
    heads = [_text(each) for each in part.headings]
    for row in part.rows:
        cells = (f'<td data-head="{head}">{_cell(value)}</td>' for head, value in zip(heads, row, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>"


def _cell(value: Shown) -> str:
    if isinstance(value, Link):
        return f'<a href="{_text(value.path)}">{_text(value.path)}</a>'
    if isinstance(value, Code):
        return f"<code>{_text(value.words)}</code>" if value.words else ""
    if isinstance(value, datetime):
        return f"<time>{value:%H:%M}</time> <time>{value:%d/%m/%Y}</time>"
    if isinstance(value, date):
        return f"<time>{value:%d/%m/%Y}</time>"
    return "" if value is None else _text(str(value))


def _text(words: str) -> str:
    return escape(clean(words))
