"""What was read from a printed time, said to a person: a time in a few words, a doubt as a question with answers."""

from plan.model import Kind
from plan.times.rules import Recurrence, Trigger
from plan.times.values import Choice, Doubt, Time
from words.catalogue import Catalogue
from words.message import plain


def question(text: Catalogue, doubt: Doubt) -> str:
    """The question that a doubt puts to a person, with the printed words; plain text."""
    return plain(text(f"times.{doubt.why}", words=doubt.words))


def answers(text: Catalogue, doubt: Doubt) -> list[str]:
    """The two or three answers to a doubt, each with the date that it leads to; plain text."""
    return [answer(text, choice) for choice in doubt.choices]


def answer(text: Catalogue, choice: Choice) -> str:
    """One answer: a deadline, several, a rhythm, or that there is none."""
    dues = [time.due for time in choice.times if time.due is not None]
    if len(dues) > 1 and len(dues) == len(choice.times):
        return plain(text("times.each", dues=dues))
    said = "; ".join(in_words(text, time) for time in choice.times)
    return said[:1].upper() + said[1:]


def in_words(text: Catalogue, time: Time) -> str:
    """One time in a few words: hạn 31/03/2026, hằng tháng trước ngày 5; plain text."""
    if time.due is not None:
        return plain(text("times.dated", due=time.due, first=time.start))
    if isinstance(time.rule, Recurrence):
        return _rhythm(text, time.rule)
    if isinstance(time.rule, Trigger):
        rule = time.rule
        unit = f"times.{rule.unit}" if rule.offset is not None and rule.unit else ""
        span = plain(text(unit, count=abs(rule.offset or 0))) if unit else ""
        return plain(text("times.event", words=rule.after, span=span, ahead=(rule.offset or 0) < 0))
    if time.kind is Kind.PERIODIC:
        return plain(text(f"times.every_{time.every}"))
    return plain(
        text(f"times.kind_{time.kind}", first=time.start) if time.kind is Kind.ONGOING else text("times.later")
    )


def _rhythm(text: Catalogue, rule: Recurrence) -> str:
    weekday = text(f"times.{rule.weekday}") if rule.weekday else ""
    return plain(
        text(
            f"times.rule_{rule.every}",
            number=rule.day or 0,
            before=rule.before,
            months=", ".join(str(month) for month in rule.months),
            following=rule.following,
            weekday=plain(weekday),
            count=rule.interval if rule.interval > 1 else 0,
        )
    )
