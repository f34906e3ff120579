"""The office as its settings make it: its plans, calendar, hours and words, and the channels that are set up."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from app.settings import ROOT, Settings
from bot.commands import COMMANDS
from channels.mail.address import NAME as MAIL
from channels.telegram.address import NAME as TELEGRAM
from channels.zalo.address import NAME as ZALO
from plan import loader, workdays
from words import catalogue, samples
from words.month import Month
from words.office import Office
from words.render import OFFICE_ZONE

# What groups read, and everybody who asked for no other.
LANGUAGE = "vi"


def catalogue_of(chosen: Settings) -> catalogue.Catalogue:
    """The installation's sentences."""
    return sentences(chosen.timezone)


def sentences(zone: ZoneInfo = OFFICE_ZONE) -> catalogue.Catalogue:
    """The sentences of what is no single office's, with moments in a zone."""
    return catalogue.load_all(ROOT / "data", LANGUAGE, zone)


def office_of(chosen: Settings) -> Office:
    """The office of the settings; raises PlanError or CalendarError."""
    plans = [loader.load(path) for path in chosen.plan_file]
    return Office(
        plans={plan.id: plan for plan in plans},
        calendar=workdays.load_calendar(chosen.days_file),
        text=catalogue_of(chosen).naming(samples.of({plan.id: plan for plan in plans})),
        zone=chosen.timezone,
        ladder=tuple(sorted(set(chosen.remind_days), reverse=True)),
        windows=chosen.send_windows,
        review=chosen.review,
        head_confirms=chosen.head_confirms,
        contact=chosen.data_contact,
        evaluation_basis=chosen.evaluation_basis,
        desk_address=chosen.desk_address,
        public_url=chosen.public_url,
        person_months=chosen.retention_person_months,
        inbox_days=chosen.retention_inbox_days,
        outbox_days=chosen.retention_outbox_days,
        weekly_day=chosen.weekly_day,
        weekly_at=chosen.weekly_at,
        files_per_day=chosen.evidence_files_per_day,
        bytes_per_day=chosen.evidence_mb_per_day * 1024 * 1024,
        bytes_per_person=chosen.evidence_gb_per_person * 1024**3,
        loose_days=chosen.retention_loose_days,
        letters_per_day=chosen.text_kb_per_day * 1000,
        most_bytes=chosen.database_gb * 1024**3,
        most_messages=chosen.messages_per_month,
        free_bytes=chosen.disk_free_mb * 1024 * 1024,
        admins=frozenset((TELEGRAM, str(number)) for number in chosen.telegram_admin_ids),
        typed_on=_typed_on(chosen),
        letters_on=MAIL if chosen.smtp_url is not None else "",
        months=_months(chosen),
        channels=tuple(channel_names(chosen)),
        channel_order=chosen.channel_order,
        route_after=timedelta(minutes=chosen.route_after_minutes),
        command_names={command.verb: command.names[0] for command in COMMANDS},
    )


def _months(chosen: Settings) -> dict[str, Month]:
    """What platforms give in a month. The screen's own process knows no token: it counts what was ever opened."""
    given = Month(chosen.zalo_month_people, chosen.zalo_month_messages)
    return {ZALO: given} if chosen.zalo_bot_token is not None or not chosen.has_bot else {}


def _typed_on(chosen: Settings) -> dict[str, str]:
    """The channels to which one is invited by a code that is typed, by the words that people have for them."""
    on_zalo = {ZALO: ZALO} if chosen.zalo_bot_token is not None else {}
    # Where nobody reads what people write, nobody can be linked by writing it.
    return on_zalo | ({"email": MAIL} if chosen.imap_url is not None else {})


def channel_names(chosen: Settings) -> list[str]:
    """The channels that the settings name; Telegram's where they name none, as in the sandbox."""
    named = {TELEGRAM: chosen.telegram_bot_token, ZALO: chosen.zalo_bot_token, MAIL: chosen.smtp_url}
    return [name for name, token in named.items() if token is not None] or [TELEGRAM]
