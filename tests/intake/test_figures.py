"""Our own documents of all shapes, read: nothing wrong and nothing lost without a word, hardly a needless question."""

import pytest

from intake.draft import Draft
from intake.gate import source
from tests.intake.cases import Case
from tests.intake.figures import CASES, draft_of, figures

MOST_NEEDLESS = 0.3
LEAST_DOCUMENTS = 12


def by_name(case: Case) -> str:
    return case.name


def test_there_are_documents_of_every_kind() -> None:
    kinds = {case.name.rpartition("(")[2].rstrip(")") for case in CASES}
    assert kinds == {".txt", ".csv", ".docx", ".xlsx", ".pdf"}
    assert len(CASES) >= LEAST_DOCUMENTS


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_nothing_is_wrong_or_lost_without_a_word(case: Case) -> None:
    counted = figures(case)
    assert counted.faults == []
    assert counted.needless_per_task < MOST_NEEDLESS, counted.needless


def test_needless_questions_over_all_documents() -> None:
    needless = sum(len(figures(case).needless) for case in CASES)
    assert needless < MOST_NEEDLESS * sum(len(case.tasks) for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_head_the_sections_and_the_duties(case: Case) -> None:
    draft = draft_of(case.name)
    assert (draft.head.number, draft.head.year) == (case.number, case.year)
    assert len(draft.duties) == case.duties
    if case.sections:
        assert tuple(each.id for each in draft.sections) == case.sections


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_every_word_becomes_something_or_is_left_out_with_why(case: Case) -> None:
    said = " ".join(words(draft_of(case.name)))
    kept = set(bare(said))
    for text, place in source(case.make()).every_text():
        lost = [word for word in bare(text) if word not in kept and word.isalpha() and len(word) > 2]
        assert not lost or set(lost) <= LABELS, (place, text)


# A label says which field its words are, and is not kept with them.
LABELS = {
    "cơ", "quan", "đơn", "vị", "bộ", "phận", "chủ", "trì", "phối", "hợp", "thực", "hiện", "thời", "gian", "hạn", "hoàn",
    "thành", "sản", "phẩm", "tham", "mưu", "kết", "quả", "với", "đề", "nghị", "địa", "điểm", "phân", "công",
}  # fmt: skip


def bare(text: str) -> list[str]:
    return [word.strip(".;:,()|«»-+").casefold() for word in text.replace("/", " ").split()]


def words(draft: Draft) -> list[str]:
    """Everything that the draft kept of its document."""
    found = [each.words for each in draft.left_out] + [f"{each.id} {each.title}" for each in draft.sections]
    for task in (*draft.tasks, *draft.duties):
        found += [task.code, task.title, task.lead_printed, task.coordinating_printed, task.monitor_printed]
        found += [task.product, task.timing, task.note, *(part.title for part in task.parts)]
    return found + [word for doubt in draft.doubts for word in (doubt.words, str(doubt.values))]
