"""The settings that a process which only serves pages is not given: it speaks to no platform and to no server of mail.

Named here, apart from the settings themselves, for the supervisor, which knows nothing of the application.
"""

NAMES = (
    *("telegram_bot_token", "zalo_bot_token", "webhook_secret", "zalo_webhook_secret", "telegram_proxy"),
    *("smtp_url", "imap_url"),
)
# As they stand in an environment, themselves or as the file that holds them.
VARIABLES = tuple(name.upper() + end for name in NAMES for end in ("", "_FILE"))
