"""/language: in which language a person reads what the bot writes to them; groups keep the installation's."""

from bot.turn import Turn
from store import languages
from words.codes import fold
from words.message import Button

NAMES = {
    "vi": frozenset({"vi", "viet", "tieng viet", "vietnamese"}),
    "en": frozenset({"en", "anh", "tieng anh", "english"}),
}


def language(turn: Turn, rest: str) -> None:
    """/language en, /language vi; alone it offers both."""
    said = " ".join(fold(rest).split()).strip(" .")
    wanted = next((code for code, names in NAMES.items() if said in names), None)
    if wanted is None:
        buttons = [[Button(turn.text(f"button.{code}"), f"/language {code}") for code in NAMES]]
        turn.answer(turn.text("language.ask"), buttons=buttons)
        return
    languages.speak(turn.session, turn.person_id, wanted)
    turn.office = turn.office.speaking(wanted)
    turn.answer(turn.text("language.set"))
