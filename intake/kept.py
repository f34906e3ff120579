"""A draft as text: how it is kept, and how the process that reads a document hands it over. Never pickled values."""

from pydantic import TypeAdapter

from intake.draft import Draft

DRAFT = TypeAdapter(Draft)


def written(draft: Draft) -> str:
    """The draft as JSON."""
    return DRAFT.dump_json(draft).decode()


def read_back(text: str) -> Draft:
    """The draft that a text holds; raises ValidationError."""
    return DRAFT.validate_json(text)
