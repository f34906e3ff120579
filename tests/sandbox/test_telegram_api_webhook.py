"""The platform brings updates to a webhook: in order, with the secret, again until they are taken."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import error

from sandbox.telegram_api.platform import Platform
from tests.sandbox.hook import hook, until

SECRET = "s" * 32


def test_what_waits_and_what_comes_is_brought_in_order_with_the_secret(platform: Platform, bot: Any) -> None:
    platform.loopback_webhooks = True
    platform.say(7, 7, "một")
    with hook() as found:
        bot.set_webhook(found.url, secret_token=SECRET)
        platform.say(7, 7, "hai")
        until(lambda: not platform.pending_updates())
        assert found.texts() == ["/start", "một", "hai"]
        assert {secret for secret, _ in found.brought} == {SECRET}


def test_what_is_not_taken_comes_again_and_holds_up_what_follows(platform: Platform, bot: Any) -> None:
    platform.loopback_webhooks = True
    with hook() as found:
        found.statuses = [500, 403, 502]
        bot.set_webhook(found.url)
        platform.say(7, 7, "xong")
        until(lambda: not platform.pending_updates())
        assert found.texts() == ["/start"] * 4 + ["xong"]
        assert found.brought[0][0] is None
        info = bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"
        assert int(info.last_error_date.timestamp()) == int(platform.now().timestamp())


def test_an_address_where_nobody_is_keeps_updates_waiting(platform: Platform, bot: Any) -> None:
    platform.loopback_webhooks = True
    with hook() as found:
        url = found.url
    bot.set_webhook(url, max_connections=3)
    until(lambda: bot.get_webhook_info().last_error_message)
    info = bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (url, 1, 3)
    bot.delete_webhook()
    assert [update.message.text for update in bot.get_updates(timeout=0)] == ["/start"]
    assert bot.get_webhook_info().last_error_message is None


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("http://example.org/hook", SECRET, "An HTTPS URL must be provided"),
        ("http://127.0.0.1:8000/hook", SECRET, "An HTTPS URL must be provided"),
        ("https://example.org:8000/hook", SECRET, "only on ports 80, 88, 443 or 8443"),
        ("https://example.org/hook", "s" * 257, "token contains unallowed characters"),
        ("https://example.org/hook", "bí mật", "token contains unallowed characters"),
    ],
)
def test_it_is_as_strict_as_the_real_one(bot: Any, url: str, secret: str, words: str) -> None:
    with pytest.raises(error.BadRequest, match=f"(?i){words}"):
        bot.set_webhook(url, secret_token=secret)
    assert bot.get_webhook_info().url == ""
