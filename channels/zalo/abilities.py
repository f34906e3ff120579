"""What Zalo's bots can, by the platform's documentation and by what people who run bots have measured."""

from datetime import timedelta

from channels.abilities import Abilities, Pace, Unit
from words.month import Month

MB = 1024 * 1024
ABILITIES = Abilities(
    # sendMessage says "1-2000" and not of what: the largest reading is bytes, and a hundred stay free.
    text=1900,
    unit=Unit.BYTES,
    # A photo comes as an address; documents do not come at all, and no file goes out without an address of our own.
    fetch=20 * MB,
    kinds_in=("photo",),
    open_files=True,
    typing=True,
    # At most three, and only what is said to the bot by its name.
    groups=True,
    by_name=True,
    # getUpdates brings what comes while it waits, once.
    keeps=timedelta(),
    # The free plan; whether what people write counts, and what happens at the end of it, nobody says.
    month=Month(people=50, messages=3000),
    # No limit is documented, and a burst is answered with 429.
    pace=Pace(overall_s=0.5, chat_s=1.0),
)
