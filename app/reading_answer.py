"""What the process that reads a document answers, as JSON: a draft, or why it was refused. Never pickled values."""

import json

from pydantic import ValidationError

from intake.draft import Draft
from intake.errors import RefusedError
from intake.kept import DRAFT


def of_draft(draft: Draft) -> bytes:
    """A draft as the answer's bytes."""
    return b'{"draft":' + DRAFT.dump_json(draft) + b"}"


def of_refusal(error: RefusedError) -> bytes:
    """A refusal as the answer's bytes."""
    return json.dumps({"refused": error.why, "values": error.values}).encode()


def draft_in(answer: bytes) -> Draft:
    """The draft of an answer; raises RefusedError, also for bytes that are no answer."""
    try:
        said = json.loads(answer)
        if "refused" in said:
            raise RefusedError(said["refused"], **said["values"])
        return DRAFT.validate_python(said["draft"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise RefusedError("broken") from error
