"""/summary and /overdue: what leaders read in the group, in words and as a picture."""

from bot.reading import long_list
from bot.reading.long_list import Asked, Entry
from bot.reference import Reference, split_plan
from bot.turn import Turn
from bot.which import figures_of
from bot.which.figures_of import FiguresOf
from bot.which.scope import plan_or_ask
from channels.base import ChatKind
from plan.model import Kind
from plan.people import Role
from progress.items import period, typed_period
from progress.reading_rights import READ_ALL
from reports.figures import issued
from reports.figures.in_words import (
    TITLE,
    by_occurrence,
    current,
    group_line,
    grouped,
    later_words,
    milestone_words,
    returned_line,
)
from reports.figures.parts_in_words import Part, blocks, messages
from reports.figures.period import between, count
from reports.figures.record import Window
from reports.figures.scope import about, agencies_of
from reports.figures.summary import Summary, build
from store import group_chats, people
from words.render import clip


def scope_here(turn: Turn) -> tuple[str, ...]:
    """What this chat is about: the scope that its group was bound to, nothing for the whole office."""
    group = group_chats.linked(turn.session, turn.incoming.channel, turn.incoming.chat)
    return tuple(group.scope) if group else ()


def summary(turn: Turn, rest: str) -> None:
    """/summary; of one task (2b), an agency or group of agencies, a section (mục 2) or a reporting period (quý 1);
    each also "theo mục", "theo đơn vị" or "sắp đến hạn": that list alone."""
    asked = long_list.read("tonghop", rest)
    words, part = figures_of.split_part(asked.words)
    chosen, rest = split_plan(turn.office, words)
    wanted = figures_of.read(turn, rest)
    if wanted is None:
        turn.answer(turn.text("summary.unknown", wanted=rest))
        return
    if refuse_if_outside(turn, wanted.body):
        return
    window = wanted.window
    if window is not None and turn.office.today(turn.now) < window.first:
        turn.answer(turn.text("summary.not_begun", period=period(turn.office, window.key), first=window.first))
        return
    figures = _figures(turn, wanted)
    if wanted.task is not None:
        _one_task(turn, Reference(wanted.task, code=wanted.task, plan=chosen), wanted.task, figures)
        return
    frozen = _frozen_note(turn, window, _scope(turn, wanted), figures) if window else ""
    if part is not None:
        _part(turn, asked, figures, part, _about(turn, wanted), frozen)
        return
    note = "\n".join(filter(None, (_window_note(turn, window, figures), frozen))) if window else ""
    for message in messages(turn.office, figures, about=_about(turn, wanted), note=note, asked=_asked(turn, wanted)):
        # One agency's picture would say less than the words, and a caption without its picture nothing.
        is_shown = len(figures.of_agencies) != 1 and (turn.limits.send or turn.office.public_url)
        if not message.picture or is_shown:
            turn.post(message)


def _asked(turn: Turn, wanted: FiguresOf) -> str:
    """What was asked for in the fewest words, as a button holds them."""
    if wanted.window is not None:
        return typed_period(turn.office, wanted.window.key)
    return turn.text("summary.typed_section", section=wanted.section) if wanted.section else wanted.body or ""


def _part(turn: Turn, asked: Asked, figures: Summary, part: Part, about_words: str, note: str) -> None:
    """One list of the summary; `note` stands under its heading."""
    said = turn.text(f"summary.heading_{part}", plans=figures.plan_names, about=about_words, as_of=figures.as_of)
    heading = "\n".join(filter(None, (said, note)))
    found = blocks(turn.office, figures, part) or [turn.text("summary.nothing_in_part")]
    long_list.show(turn, asked, [Entry(each) for each in found], heading=heading)


def overdue(turn: Turn, rest: str) -> None:
    """/overdue: everything that is late, oldest first, no agency left out, and apart from it what was returned; or of
    what /summary takes."""
    asked = long_list.read("quahan", rest)
    wanted = figures_of.read(turn, asked.words)
    if wanted is None or wanted.window is not None:
        turn.answer(turn.text("overdue.unknown", wanted=rest))
        return
    if refuse_if_outside(turn, wanted.body):
        return
    figures = _figures(turn, wanted)
    of = wanted.task or _about(turn, wanted)
    if figures.overdue:
        reports = sum(1 for line in figures.overdue if line.kind is Kind.PERIODIC)
        count = len(figures.overdue)
        heading = turn.text("overdue.heading", as_of=figures.as_of, count=count, reports=reports, about=of)
    else:
        heading = turn.text("overdue.none", as_of=figures.as_of, about=of)
    late = [group_line(turn.office, group, "overdue.group") for group in grouped(figures.overdue)]
    entries = [Entry(each) for each in (*late, *_returned(turn, figures))]
    long_list.show(turn, asked, entries, heading=heading)


def _returned(turn: Turn, figures: Summary) -> list[str]:
    """What was returned to be completed, which is not late."""
    if not figures.returned:
        return []
    lines = [returned_line(turn.office, group) for group in grouped(figures.returned)]
    return ["\n".join((turn.text("overdue.returned", count=len(figures.returned)), *lines))]


def _headed(turn: Turn) -> tuple[str, ...]:
    """The agencies whose figures alone this person reads here: a head's own, in private; () for whoever reads all."""
    if turn.incoming.chat_kind is ChatKind.GROUP or READ_ALL & turn.roles:
        return ()
    return tuple(people.agencies_of(turn.session, turn.person_id, (Role.HEAD,)))


def refuse_if_outside(turn: Turn, body: str | None) -> bool:
    """Says so, and gives True, where a group that follows a part of the office, or the head of an agency, asks about
    another part."""
    if body and (own := _headed(turn)) and set(agencies_of(turn.office, (body,))) - set(own):
        named = [turn.office.agency_name(each) for each in own]
        turn.answer(turn.text("access.own_only", agencies=named, compiler=turn.office.compiler_name))
        return True
    scope = scope_here(turn)
    if not scope or not body:
        return False
    outside = set(agencies_of(turn.office, (body,))) - set(agencies_of(turn.office, scope))
    if outside:
        turn.answer(turn.text("scope.outside", about=about(turn.office, scope)))
    return bool(outside)


def _scope(turn: Turn, wanted: FiguresOf) -> tuple[str, ...]:
    return (wanted.body,) if wanted.body else _headed(turn) or scope_here(turn)


def _figures(turn: Turn, wanted: FiguresOf) -> Summary:
    return build(
        turn.session,
        turn.office,
        wanted.window.as_of if wanted.window else turn.now,
        # A period counts by what is known now: an answer of its last evening may have been read after it.
        known_at=turn.now,
        task=wanted.task,
        section=wanted.section,
        agencies=agencies_of(turn.office, _scope(turn, wanted)),
    )


def _about(turn: Turn, wanted: FiguresOf) -> str:
    names = [about(turn.office, _scope(turn, wanted))]
    for plan in turn.office.plans.values():
        names += [
            turn.text("summary.section_name", number=section.id, title=clip(section.title, TITLE))
            for section in plan.sections
            if section.id == wanted.section
        ]
    if wanted.window is not None:
        names.append(period(turn.office, wanted.window.key))
    return ", ".join(dict.fromkeys(filter(None, names)))


def _window_note(turn: Turn, window: Window, figures: Summary) -> str:
    key = "summary.window_over" if window.over else "summary.window_open"
    later = later_words(turn.office, window, between(window, figures.lines))
    return "\n".join(filter(None, (turn.text(key, first=window.first, last=window.last), later)))


def _frozen_note(turn: Turn, window: Window, scope: tuple[str, ...], figures: Summary) -> str:
    """That a period's figures are computed anew beside those that were frozen, and how these differ; empty for none."""
    found = issued.latest(turn.session, window.key, scope)
    if found is None:
        return ""
    issue, record = found
    return turn.text(
        "summary.frozen",
        number=issue.number,
        at=issue.issued_at,
        early=record.window.early,
        same=(count(figures.dated), count(figures.periodic)) == (record.dated, record.periodic),
        fallen=record.dated.fallen,
        fallen_done=record.dated.fallen_done,
        overdue=record.dated.overdue,
        rate=record.dated.rate,
        command=turn.text("report.command", words=" ".join((typed_period(turn.office, window.key), *scope))),
    )


def _one_task(turn: Turn, meant: Reference, code: str, figures: Summary) -> None:
    """Each milestone of a task, how many agencies have done it, and the agencies by state."""
    plan = plan_or_ask(turn, "summary", meant)
    if plan is None:
        return
    groups = by_occurrence([line for line in figures.lines if line.plan == plan.id])
    heading = turn.text("summary.task", code=code, title=plan.task(code).short(TITLE))
    turn.answer(heading, *(milestone_words(turn.office, group) for group in current(groups)))
