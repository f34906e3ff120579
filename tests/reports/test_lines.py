"""How tall a row must be for its words."""

from reports.tables.lines import lines


def test_a_text_takes_as_many_lines_as_it_needs() -> None:
    assert lines("", 10, 11) == lines("2b", 5, 11) == 1
    assert lines("một\nhai\nba", 20, 11) == 3
    assert lines("rà soát thủ tục hành chính", 10, 11) > lines("rà soát thủ tục hành chính", 40, 11) == 1


def test_a_word_longer_than_its_column_is_broken() -> None:
    assert 2 < lines("a" * 64, 10, 11) < 8
