"""/kehoach sua: an admin corrects a cell of a document that is to become a plan, whether it was asked about or not."""

import re

from bot.turn import Turn
from progress import importing
from reports.attachments.attach import opinion_reference
from store import plan_imports
from store.import_tables import PlanAnswer
from words.codes import fold
from words.message import say

CORRECT, OPINION = "sua", "phieu"
NAMED = {
    "ten": "title", "noi dung": "title", "chu tri": "lead", "phoi hop": "coordinating", "theo doi": "monitor",
    "san pham": "product", "han": "time", "thoi han": "time", "thoi gian": "time", "cung chu tri": "leads",
}  # fmt: skip
CELL = re.compile(r"^(?P<code>\S{1,24})\s{1,4}(?P<field>[^:=\s][^:=]{1,19})[:=](?P<words>.*)$", re.DOTALL)
LEFT = re.compile(r"^(?P<code>\S{1,24})\s{1,4}(?:bỏ|bo)$", re.IGNORECASE)
YES = frozenset({"co", "dung", "together"})


def correct(turn: Turn, rest: str) -> None:
    """/kehoach sua 1a hạn: 30/6/2026; /kehoach sua 1a bỏ."""
    rows = plan_imports.open_ones(turn.session)
    match, left = CELL.match(rest.strip()), LEFT.match(rest.strip())
    if not rows or (match is None and left is None):
        turn.answer(turn.text("plan_correct.how" if rows else "plan_import.over"))
        return
    code, field, words = (left["code"], "task", "no") if left else _cell(match) if match else ("", "", "")
    found = importing.work(turn.session, turn.office, rows[0], turn.now)
    by = PlanAnswer(import_id=0, question="", choice="", words="", at=turn.now, via=turn.via, person_id=turn.person_id)
    why = importing.correct(turn.session, found, code, field, words, by)
    if why:
        turn.answer(
            turn.text("plan_correct.how" if why in ("field", "task") else f"plan_correct.{why}", code=code, words=words)
        )
        return
    after = importing.work(turn.session, turn.office, rows[0], turn.now)
    turn.answer(turn.text("plan_correct.done", code=code, count=len(after.waiting)))


def opinion(turn: Turn) -> None:
    """/kehoach phieu: what is open, as a sheet to print and to ask a leader with."""
    rows = plan_imports.open_ones(turn.session)
    found = importing.all_open(importing.work(turn.session, turn.office, rows[0], turn.now)) if rows else []
    if not found:
        turn.answer(turn.text("plan_import.asks_none" if rows else "plan_import.over"))
        return
    caption = turn.text("plan_import.opinion", name=rows[0].name, count=len(found))
    turn.post(say(caption, attachment=opinion_reference(rows[0].id or 0, turn.now)))


def _cell(match: re.Match[str]) -> tuple[str, str, str]:
    field, words = NAMED.get(fold(match["field"].strip()), ""), match["words"].strip()
    if field == "leads":
        words = "together" if fold(words) in YES else "each"
    return match["code"], field, words
