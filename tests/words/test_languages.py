"""What was put into words is said again in another language, with the sentences that stand inside it."""

from datetime import date

from tests.words.test_catalogue import ROOT
from words.catalogue import load_all
from words.languages import again


def test_a_sentence_within_a_sentence_is_said_again_too() -> None:
    text = load_all(ROOT / "data", "vi")
    inner = text("digest.count_late", count=3)
    outer = text("digest.heading", agencies=["Xã A"], today=date(2020, 1, 14), counts=[inner])
    english = again(outer, "en")
    assert str(inner) in str(outer)
    assert str(again(inner, "en")) in str(english)
    assert str(inner) not in str(english)
    # Names are nobody's sentences, and what is in the language already stays itself.
    assert "Xã A" in str(english)
    assert again(outer, None) is outer
    assert again("Xã A", "en") == "Xã A"
