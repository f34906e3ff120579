"""What stands around the text of a document: from the plan's data, with dots where that says nothing."""

from pydantic import Field

from plan.model import Letterhead, Value
from words.message import plain
from words.office import Office

NOTHING = Letterhead()


class Head(Value):
    """The letterhead in words; what the plan leaves open is dots."""

    parent: str = Field(description="the body above, in capitals; empty where there is none")
    issuer: str = Field(description="the issuing body, in capitals")
    symbol: str = Field(description='what stands behind the "/" of the number')
    place: str = Field(description="the place of the date's line")
    year: int = Field(description="the year of the date's line; its day and month stay blank")
    addressee: str = Field(description="to whom the document goes")
    to: str = Field(description="the addressee's first line, as it is named inside a sentence")
    recipients: tuple[str, ...] = Field(description='the lines of "Nơi nhận"')
    signer: str = Field(description="the title of who signs, in capitals")


def head(office: Office, given: Letterhead, year: int, *, issuer: str, addressee: str = "") -> Head:
    """The letterhead of a document written in `year`; `issuer` and `addressee` hold where the plan gives none."""
    blank = plain(office.text("document.blank"))

    def filled(value: str | None, instead: str = "") -> str:
        return value if value is not None else instead or blank

    to = filled(given.addressee, addressee)
    return Head(
        parent=filled(given.parent),
        issuer=filled(given.issuer, issuer.upper()),
        symbol=filled(given.symbol),
        place=filled(given.place),
        year=year,
        addressee=to,
        to=to.partition("\n")[0],
        recipients=given.recipients if given.recipients is not None else (blank,),
        signer=filled(given.signer),
    )
