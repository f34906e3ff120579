"""What Telegram can, by the Bot API's documentation and its FAQ."""

from datetime import timedelta

from channels.abilities import Abilities, Pace
from channels.telegram.buttons import ROOM

MB = 1024 * 1024
ABILITIES = Abilities(
    # sendMessage text, sendPhoto caption: after entities were parsed.
    text=4096,
    caption=1024,
    # getFile, sendDocument, sendPhoto.
    fetch=20 * MB,
    send=50 * MB,
    photo=10 * MB,
    kinds_in=("photo", "document", "video", "audio", "voice", "video_note", "animation"),
    button_bytes=ROOM,
    edits=True,
    replies=True,
    typing=True,
    groups=True,
    # getUpdates: "not longer than 24 hours".
    keeps=timedelta(hours=24),
    menu="[a-z0-9_]{1,32}",
    invite="https://t.me/{bot}?start={code}",
    # FAQ, "My bot is hitting limits": 30 a second in all, 1 a second in a chat, 20 a minute in a group. In all 28.7 a
    # second: 31 of them take 1,045 ms, so that one that leaves 45 ms late still has no 30 behind it in its second. A
    # group may take 5 at once and then one in 4 s, which is 20 in any minute.
    pace=Pace(overall_s=1 / 28.7, chat_s=1.0, group_s=4.0, group_burst=5),
)
