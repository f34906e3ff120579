"""Why a message did not arrive, as a word of ours: what a platform says of it is for the log, never for a person."""

from enum import StrEnum


class Fault(StrEnum):
    """One sentence each, in `[fault]` of the catalogue; what the platform said itself stands behind it in the row."""

    CLOSED = "closed"  # the person closed the chat, or the account is gone
    REMOVED = "removed"  # we are not in the group any more, or there is no such group
    NO_WORDS = "no_words"  # the group lets us send no text
    NO_PICTURES = "no_pictures"  # the group takes our words, and no pictures
    NO_FILES = "no_files"  # the group takes our words, and no files
    TOO_BIG = "too_big"  # the words would be taken, with such a file they are not
    ACCOUNT = "account"  # the platform does not accept our account or our address
    REFUSED = "refused"  # this one message is not taken
    PERHAPS = "perhaps"  # perhaps it arrived: the answer was lost as often as we try
    UNMADE = "unmade"  # a slip of ours: the message could not be made
    OTHER = "other"  # what an earlier version wrote down without a word of its own


# A right that a group may withhold while it takes everything else.
RIGHTS = (Fault.NO_WORDS, Fault.NO_PICTURES, Fault.NO_FILES)


def kept(fault: Fault, detail: str) -> str:
    """How a row keeps it: the word, then what the log says."""
    return f"{fault}: {detail}"


def fault_of(kept_words: str) -> Fault:
    """The word for what a row keeps; OTHER for what none stands before."""
    word = kept_words.partition(":")[0]
    return next((each for each in Fault if each == word), Fault.OTHER)
