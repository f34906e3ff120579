"""The placeholders of the letter's template, each with what it says; docs/templates.md is made of them."""

from pydantic import Field

from plan.model import Value
from reports.word.letterhead import Head
from reports.word.report_words import Basis


class LateItem(Value):
    """One late task in the letter's table."""

    number: int = Field(description="STT")
    code: str = Field(description="the task's code")
    title: str = Field(description="the task")
    deadline: str = Field(description="the deadline, as printed and as a day")
    days: int = Field(description="how late it is, in working days")
    reminded: str = Field(description="the days on which the agency was reminded")
    answered: str = Field(description="what the agency answered")


class LetterWords(Value):
    """Everything that letter.docx can say."""

    head: Head = Field(description="the letterhead, from the plan's data")
    day: str = Field(description="the day of the figures")
    agency: str = Field(description="the agency that is urged")
    compiler: str = Field(description="the body that writes")
    to: str = Field(description="the body to which the compiling agency reports, from the report's letterhead")
    plans: tuple[Basis, ...] = Field(description="the plans, each with its decision")
    plan_names: str = Field(description="the names of the plans")
    codes: str = Field(description="the codes of the late tasks")
    count: int = Field(description="how many results are late")
    longest: int = Field(description="how many working days the longest is late")
    reminded: str = Field(description="the days on which reminders were sent; empty where none was")
    last_reminded: str = Field(description="the last of those days")
    answered: bool = Field(description="whether the agency answered anything")
    late: tuple[LateItem, ...] = Field(description="the late tasks, the longest first")
