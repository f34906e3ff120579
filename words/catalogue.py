"""Every sentence that a person can receive, kept in data/texts_*.toml as Jinja2 templates with escaping."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined, Template, TemplateError

from plan.errors import NhacViecError
from words import render
from words.samples import ANY

BETWEEN_TIME_AND_DAY = {"vi": "ngày", "en": "on"}
# A condition in a template that gave nothing leaves its empty lines behind.
BLANK_LINES = re.compile(r"\n{3,}")


class CatalogueError(NhacViecError):
    """A sentence is missing or its template is broken; the message names the key and the file."""


class Sentence(str):
    """Safe markup that still knows how it was made, so that it can be said in another language."""

    catalogue: "Catalogue"
    key: str
    values: Mapping[str, Any]

    def __html__(self) -> str:
        """Inside another sentence it stands as it is: its values were escaped when it was made."""
        return str(self)


class Sentences:
    """The templates of one file: each is compiled when it is first said, because most never are in a process' life."""

    def __init__(self, texts: Mapping[str, str], environment: Environment) -> None:
        self._texts, self._environment = texts, environment
        self._made: dict[str, Template] = {}
        self._faults: tuple[str, ...] | None = None

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def __getitem__(self, key: str) -> Template:
        """The template of a key; raises KeyError, or jinja2's TemplateError for one that is none."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._environment.from_string(self._texts[key])
        return found

    def faults(self) -> Sequence[str]:
        """What is no template, each with why; looked for once, and nothing is kept of what was compiled for it."""
        if self._faults is None:
            self._faults = tuple(self._compiled_in_vain())
        return self._faults

    def _compiled_in_vain(self) -> Iterator[str]:
        for key, text in self._texts.items():
            try:
                self._environment.compile(text, raw=True)
            except TemplateError as error:
                yield f"{key}: {error}"


class Catalogue:
    """The sentences of one language: `catalogue("done.recorded", code="2b")` gives safe markup."""

    def __init__(self, templates: Sentences, language: str, samples: Mapping[str, str] = ANY) -> None:
        self._templates = templates
        self.language = language
        self._samples = samples
        self._others: Callable[[str | None], Catalogue] = lambda _language: self
        # What has no values says the same each time.
        self._constant: dict[str, Sentence] = {}

    def speaking(self, language: str | None) -> "Catalogue":
        """The catalogue of another language; None is the installation's."""
        return self if language == self.language else self._others(language)

    def naming(self, samples: Mapping[str, str]) -> "Catalogue":
        """The same sentences with an office's own codes and agencies in their examples (words.samples)."""
        if samples == self._samples:
            return self
        named: dict[str, Catalogue] = {}

        def others(language: str | None) -> Catalogue:
            # Each language once: an office that speaks it is made anew only where the catalogue is another.
            found = self.speaking(language)
            if found.language not in named:
                named[found.language] = Catalogue(found._templates, found.language, samples).with_others(others)
            return named[found.language]

        return others(self.language)

    def with_others(self, others: Callable[[str | None], "Catalogue"]) -> "Catalogue":
        """The same, knowing where the other languages are."""
        self._others = others
        return self

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence with its values escaped; raises CatalogueError for an unknown key."""
        if not values and key in self._constant:
            return self._constant[key]
        if key not in self._templates:
            raise CatalogueError(f"no sentence '{key}' in the catalogue '{self.language}'")
        sentence = Sentence(BLANK_LINES.sub("\n\n", self._templates[key].render(**{**self._samples, **values})).strip())
        sentence.catalogue, sentence.key, sentence.values = self, key, values
        if not values:
            self._constant[key] = sentence
        return sentence

    def __contains__(self, key: str) -> bool:
        return key in self._templates

    def refuse_broken(self) -> None:
        """Raises CatalogueError naming every sentence that is not a template; it takes a second the first time."""
        if faults := self._templates.faults():
            raise CatalogueError(f"texts_{self.language}.toml: " + "; ".join(faults))


def load(path: Path, zone: ZoneInfo = render.OFFICE_ZONE) -> Catalogue:
    """Reads texts_<language>.toml, whose moments are shown in `zone`; `refuse_broken` says whether it is whole."""
    language = path.stem.removeprefix("texts_")
    return Catalogue(_sentences(path.read_text("utf-8"), language, zone), language)


# The same text is the same sentences.
@lru_cache(8)
def _sentences(source: str, language: str, zone: ZoneInfo) -> Sentences:
    return Sentences(_flat(tomllib.loads(source)), environment_of(language, zone))


def load_all(folder: Path, language: str, zone: ZoneInfo = render.OFFICE_ZONE) -> Catalogue:
    """The installation's catalogue, from which every other one in the folder can be had; those are read when needed.

    A language that is not there is the installation's.
    """

    @cache
    def one(wanted: str) -> Catalogue:
        return load(folder / f"texts_{wanted}.toml", zone).with_others(others)

    def others(wanted: str | None) -> Catalogue:
        there = wanted is not None and (folder / f"texts_{wanted}.toml").exists()
        return one(wanted if there and wanted is not None else language)

    return one(language)


def environment_of(language: str, zone: ZoneInfo = render.OFFICE_ZONE) -> Environment:
    """How every sentence is read: values are escaped, a missing one is an error, dates have filters."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters.update(_filters(language, zone))
    return environment


def _filters(language: str, zone: ZoneInfo) -> dict[str, Callable[..., str]]:
    return {
        "day": render.day,
        "short_day": render.short_day,
        "written_day": render.written_day,
        "clock": partial(render.clock, zone=zone),
        "moment": partial(render.moment, zone=zone, joined=BETWEEN_TIME_AND_DAY.get(language, "–")),
        "weekday": render.weekday if language == "vi" else render.english_weekday,
        "size": render.size,
    }


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat
