"""From an office's own Word file to its first reminders, without code or JSON."""

from pathlib import Path

import pytest

from tests.newoffice.document import SECTIONS
from tests.newoffice.play import play


@pytest.mark.long
def test_an_office_begins_with_its_own_document(tmp_path: Path) -> None:
    told = play(tmp_path)
    assert told.tasks == sum(map(len, SECTIONS.values())) == 40
    assert len(told.questions) <= 12
    assert len(set(told.questions)) == len(told.questions)
    assert told.digests
    assert any("Ban hành kế hoạch rà soát văn bản" in each and "30/01" in each for each in told.digests)
