"""What mail can: long letters and files, no buttons, and everything later than in a chat."""

from channels.abilities import Abilities, Pace

MB = 1024 * 1024
# What a server takes is a setting (MAIL_ATTACH_MB); this is what nearly all of them do.
ATTACH_MB = 10
ABILITIES = Abilities(
    # A letter has no end of its own: so much is read by nobody, and a day's digest is one letter.
    text=60_000,
    caption=60_000,
    # As much as everywhere: what sentences say of it holds on each channel.
    fetch=20 * MB,
    send=ATTACH_MB * MB,
    photo=5 * MB,
    kinds_in=("photo", "document"),
    replies=True,
    letters=True,
    # Servers of offices refuse who writes in bursts.
    pace=Pace(overall_s=1.0, overall_burst=5, chat_s=1.0, chat_burst=3),
)
