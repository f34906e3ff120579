"""Telegram: its updates, messages, errors, buttons and webhook; `channel` is the way in."""
