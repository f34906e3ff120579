"""One's own account at the screen: where one is signed in, the passphrase, the authenticator's app, printed codes.

What opens the door is changed with the passphrase in hand: a computer that was left open changes nothing.
"""

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desk import forms, page, requests
from desk.access import Page
from desk.desk import Asked, Desk, Entry
from desk.door import attempts, authenticator, cookies, passphrase, sealed, second
from plan.errors import NhacViecError
from store import desk_codes, desk_keys, desk_sessions

PATH = "/tai-khoan"
PICTURE = "/tai-khoan/ung-dung.svg"


def routes(desk: Desk) -> list[BaseRoute]:
    """The addresses below the account's page."""
    return [
        Route(PICTURE, requests.page(desk, Entry(PICTURE, Page.ACCOUNT, picture))),
        *(
            Route(f"{PATH}/{name}", requests.posted(desk, do), methods=["POST"])
            for name, do in (
                ("phien", end_session),
                ("mat-khau", change),
                ("ung-dung", offer_app),
                ("ung-dung-ma", prove_app),
                ("ma-du-phong", reserve),
            )
        ),
    ]


def show(asked: Asked, words: str = "", codes: tuple[str, ...] = (), status: int = 200) -> Response:
    """The account; `codes` are shown once, to be printed."""
    session, me = asked.session, asked.viewer.person_id
    return page.render(
        asked,
        "account.html",
        status=status,
        name=attempts.name_of(me),
        sessions=desk_sessions.live_of(session, me),
        app=desk_keys.authenticator(session, me),
        lost=second.has_lost_app(asked.desk, session, me),
        offered=_offered(asked, session),
        left=desk_codes.left_in_reserve(session, me, asked.now),
        words=words,
        codes=codes,
        picture=PICTURE,
    )


def _shown(asked: Asked, words: str = "", codes: tuple[str, ...] = (), status: int = 200) -> Response:
    with asked.anew() as again:
        return show(again, words, codes, status)


def end_session(asked: Asked) -> Response:
    """Ends one of the own sessions, or all but this one."""
    with asked.desk.store.unit() as session:
        me = asked.viewer.person_id
        if forms.word(asked.form, "session") == "all":
            desk_sessions.end_all(session, me, "ended by its person", asked.now, actor=me, but=asked.viewer.session)
        else:
            row = desk_sessions.get(session, forms.number(asked.form, "session"))
            if row is None or row.person_id != me:
                raise HTTPException(404)
            desk_sessions.end(session, row, "ended by its person", asked.now, actor=me)
    return RedirectResponse(PATH, 303)


def change(asked: Asked) -> Response:
    """Another passphrase: with the one before in hand it needs nobody else, and other computers are signed out."""
    if (no := _without_passphrase(asked)) is not None:
        return no
    typed, me = forms.word(asked.form, "new"), asked.viewer.person_id
    names = f"{asked.viewer.name} {attempts.name_of(me)}"
    if fault := passphrase.fault(typed, forms.word(asked.form, "again"), names):
        return _shown(asked, asked.t(fault, least=passphrase.LEAST), status=403)
    secret = passphrase.hashed(typed)
    with asked.desk.store.unit() as session:
        desk_keys.put(session, me, secret, asked.now, confirmed=True)
        desk_sessions.end_all(session, me, "the passphrase changed", asked.now, actor=me, but=asked.viewer.session)
    return _shown(asked, asked.t("desk.key_set"))


def offer_app(asked: Asked) -> Response:
    """A secret for an app, whose first code is then typed."""
    if (no := _without_passphrase(asked)) is not None:
        return no
    try:
        key = asked.desk.app_key.made()
    except NhacViecError:
        return _shown(asked, asked.t("desk.app_no_key"), status=403)
    me = asked.viewer.person_id
    kept = sealed.sealed(key, me, authenticator.new_secret())
    with asked.desk.store.unit() as session:
        desk_keys.offer_authenticator(session, me, kept, asked.now)
    return RedirectResponse(PATH, 303)


def _offered(asked: Asked, session: Session) -> str | None:
    """The secret that waits for its first code; None where none does."""
    row = desk_keys.offered(session, asked.viewer.person_id, asked.now)
    return sealed.opened(asked.desk.app_key, row) if row is not None else None


def picture(asked: Asked) -> Response:
    """The secret that waits for its first code, as a QR code; nothing once it was proven."""
    secret = _offered(asked, asked.session)
    if secret is None:
        raise HTTPException(404)
    office = asked.office.compiler_name
    shown = authenticator.picture(secret, attempts.name_of(asked.viewer.person_id), office)
    return Response(shown, media_type="image/svg+xml")


def prove_app(asked: Asked) -> Response:
    """The first code of an app; from now on its codes are the second thing."""
    typed = "".join(each for each in forms.word(asked.form, "code") if each.isdigit())
    with asked.desk.store.unit() as session:
        row = desk_keys.offered(session, asked.viewer.person_id, asked.now)
        secret = _offered(asked, session)
        step = authenticator.step_of(secret, typed, asked.now) if secret is not None else None
        right = row is not None and step is not None and desk_keys.take_step(session, row, step, asked.now)
    key = "desk.app_set" if right else "desk.wrong_code"
    return _shown(asked, asked.t(key), status=200 if right else 403)


def reserve(asked: Asked) -> Response:
    """Ten codes to be printed; those of before end."""
    if (no := _without_passphrase(asked)) is not None:
        return no
    with asked.desk.store.unit() as session:
        codes = desk_codes.make_reserve(session, asked.viewer.person_id, asked.now)
    return _shown(asked, codes=tuple(codes))


def _without_passphrase(asked: Asked) -> Response | None:
    """The refusal where the passphrase is missing or wrong; counted as at the door."""
    address, me = cookies.address(asked.desk, asked.request), asked.viewer.person_id
    with asked.desk.store.look() as session:
        person = attempts.person_named(session, attempts.name_of(me))
        until, key = attempts.waits_until(session, person, address, asked.now), attempts.key_of(session, person)
    if until is None and attempts.is_right(key, forms.word(asked.form, "passphrase")):
        return None
    with asked.desk.store.unit() as session:
        if until is None:
            attempts.failed(asked.desk, session, person, address, asked.now)
            until = attempts.waits_until(session, person, address, asked.now)
        words = attempts.wrong_words(asked.office, until)
    return _shown(asked, words, status=403)
