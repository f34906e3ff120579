"""Where Telegram's Bot API is; apart from the channel, so that reading the settings loads no library of a platform."""

# What the channel is called in the record.
NAME = "telegram"
REAL_API = "https://api.telegram.org"
