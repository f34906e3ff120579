"""/phucvu A1B2: which copy of the system serves, where there are two or nobody knows what this one is."""

from bot.turn import Turn
from delivery import which_serves
from store import rivals, serving
from store.postings import Identity, notice


def serve(turn: Turn, rest: str) -> bool:
    """The copy of a code serves: this one begins again, or steps aside where another was meant; alone, it asks."""
    code, held, now = rest.strip().upper(), serving.held(turn.session), turn.now
    rival = rivals.anywhere(turn.session, now)
    known = serving.codes(turn.session)
    if held is None and (rival is None or not code or code in known):
        turn.hint(turn.text("serve.serves"))
        return True
    if held is not None and (not code or (code in known and code != held.code)):
        turn.post(which_serves.question(turn.session, turn.office, held, now))
        return False
    via, by = turn.via, turn.person_id
    if held is not None and code == held.code:
        serving.serve(turn.session, now, via=via, actor=by)
        text = turn.text("serve.chosen", code=code, rival=rival is not None)
    else:
        serving.step_aside(turn.session, now, via=via, actor=by, code=code)
        text = turn.text("serve.aside", code=code, own=serving.codes(turn.session)[-1])
    turn.answer(text)
    turn.tell_admins(notice(Identity("serves", f"{code}:{now.isoformat()}"), text, "an admin said which copy serves"))
    return True
