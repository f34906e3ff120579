"""Where Zalo's Bot API is, and where it keeps photos; apart from the channel, so that the settings load no client."""

# What the channel is called in the record.
NAME = "zalo"
REAL_API = "https://bot-api.zaloplatforms.com"
# Photos that people send stand on servers under this name, for whoever has the address.
PHOTO_HOSTS = ("zdn.vn",)
