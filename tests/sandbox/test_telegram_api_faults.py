"""What goes wrong: tokens, unknown methods, injected faults, rates; and what is remembered: calls and journal."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import BotCommand, BotCommandScopeChat, error

from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.limits import Rates
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from sandbox.telegram_api.values import ApiError, Fault

TOKEN = "4242:sandbox"


def test_a_wrong_token_is_401(served: str) -> None:
    with httpx.Client() as client:
        answer = client.get(f"{served}/bot1:wrong/getMe")
        assert (answer.status_code, answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )
        assert client.get(f"{served}/file/bot1:wrong/photos/file_1.jpg").status_code == 401


def test_a_method_that_is_missing_fails_loudly(platform: Platform, bot: Any) -> None:
    with pytest.raises(error.NetworkError, match="sandbox: method sendDice is not implemented"):
        bot.send_dice(7)
    with pytest.raises(error.NetworkError, match="parse_mode MarkdownV2 is not implemented"):
        bot.send_message(7, "*a*", parse_mode="MarkdownV2")
    assert platform.failures == [
        "sandbox: method sendDice is not implemented",
        "sandbox: parse_mode MarkdownV2 is not implemented",
    ]


@pytest.mark.parametrize(
    ("fault", "expected", "arrives"),
    [
        (Fault("400", words="Bad Request: chat not found"), error.BadRequest, False),
        (Fault("401"), error.InvalidToken, False),
        (Fault("403"), error.Forbidden, False),
        (Fault("429", retry_after=17), error.RetryAfter, False),
        (Fault("500"), error.NetworkError, False),
        (Fault("502html"), error.NetworkError, False),
        (Fault("drop"), error.NetworkError, False),
        (Fault("accepted_but_lost"), error.NetworkError, True),
        (Fault("accepted_but_500"), error.NetworkError, True),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_a_fault_fails_one_call(
    platform: Platform,
    bot: Any,
    fault: Fault,
    expected: type[error.TelegramError],
    arrives: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it the library warns about its own RetryAfter
    platform.faults.append(Fault(fault.kind, "sendMessage", chat_id=8))  # for another chat: never used
    platform.faults.append(fault)
    bot.get_updates(timeout=0)  # a fault for every method leaves polling alone
    with pytest.raises(error.TelegramError) as failed:
        bot.send_message(7, "một")
    assert type(failed.value) is expected
    bot.send_message(7, "hai")
    said = [message["text"] for message in platform.messages(7)]
    assert said == (["/start", "một", "hai"] if arrives else ["/start", "hai"])
    assert [call.ok for call in platform.calls if call.method == "sendMessage"] == [False, True]


def test_a_lost_answer_looks_like_a_broken_connection(platform: Platform, bot: Any) -> None:
    platform.faults.append(Fault("accepted_but_lost"))
    with pytest.raises(error.NetworkError) as failed:
        bot.send_message(7, "một")
    assert isinstance(failed.value.__cause__, httpx.RemoteProtocolError)


def test_a_slow_answer_times_out_though_the_message_arrives(platform: Platform, bot: Any) -> None:
    platform.faults.append(Fault("slow", "sendMessage", seconds=30))

    async def impatient() -> None:
        async with bot.another(read_timeout=0.2) as other:
            await other.send_message(7, "một")

    with pytest.raises(error.TimedOut):
        bot.run(impatient())
    bot.send_message(7, "hai")
    # The server does what it was asked only after it notices that the caller is gone.
    until = time.monotonic() + 30
    while len(platform.messages(7)) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    assert {message["text"] for message in platform.messages(7)} == {"/start", "một", "hai"}


def test_a_fault_source_decides_by_itself(platform: Platform, bot: Any) -> None:
    seen: list[tuple[str, int | None]] = []

    def source(method: str, chat_id: int | None) -> Fault | None:
        seen.append((method, chat_id))
        return Fault("403") if len(seen) == 2 else None

    platform.fault_source = source
    bot.send_message(7, "một")
    with pytest.raises(error.Forbidden):
        bot.send_message(7, "hai")
    assert seen == [("sendMessage", 7), ("sendMessage", 7)]


def test_rates_are_enforced_when_asked(clock: Any) -> None:
    times = [0.0]
    platform = Platform(TOKEN, clock, enforce_rates=True, rate_clock=lambda: times[0])
    platform.add_person(7, "Lan")
    platform.press_start(7)
    for _ in range(3):
        platform.call("sendMessage", {"chat_id": 7, "text": "x"})
    with pytest.raises(ApiError) as refused:
        platform.call("sendMessage", {"chat_id": 7, "text": "x"})
    assert (refused.value.code, refused.value.parameters) == (429, {"retry_after": 1})
    times[0] += 1
    platform.call("sendMessage", {"chat_id": 7, "text": "x"})


def test_rates_of_a_group_and_of_all() -> None:
    times = [0.0]
    rates = Rates(lambda: times[0])
    for _ in range(20):
        rates.spend(-5)
        times[0] += 1
    # Those 20 seconds gave back 20/3; at a loss of 2/3 a second nine more pass.
    for _ in range(9):
        rates.spend(-5)
        times[0] += 1
    with pytest.raises(ApiError):
        rates.spend(-5)
    times[0] += 60
    for chat in range(1, 31):
        rates.spend(chat)
    with pytest.raises(ApiError, match="retry after 1"):
        rates.spend(31)


def test_commands_by_scope_and_language(platform: Platform, bot: Any) -> None:
    bot.set_my_commands([BotCommand("viec", "Việc của tôi")])
    bot.set_my_commands([BotCommand("tonghop", "Tổng hợp")], scope=BotCommandScopeChat(7), language_code="vi")
    assert platform.commands() == [{"command": "viec", "description": "Việc của tôi"}]
    assert [c["command"] for c in platform.commands({"type": "chat", "chat_id": 7}, "vi")] == ["tonghop"]
    assert bot.get_my_commands()[0].command == "viec"
    bot.delete_my_commands()
    assert bot.get_my_commands() == ()
    with pytest.raises(error.BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        bot.set_my_commands([BotCommand("việc", "x")])
    with pytest.raises(error.BadRequest, match="Chat not found"):
        bot.set_my_commands([], scope=BotCommandScopeChat(999))


def test_descriptions_and_farewell(bot: Any) -> None:
    bot.set_my_description("Nhắc việc", language_code="vi")
    assert bot.get_my_description("vi").description == "Nhắc việc"
    assert bot.get_my_description().description == ""
    assert bot.log_out() is True


def test_the_list_of_calls_tells_and_keeps_no_secret(platform: Platform, bot: Any) -> None:
    before = platform.version
    bot.send_message(7, "x" * 500)
    bot.send_document(7, b"abc", filename="a.txt")
    calls = list(platform.calls)
    assert [call.method for call in calls] == ["getMe", "sendMessage", "sendDocument"]
    assert len(calls[1].params["text"]) == 200
    assert calls[2].params["document"] == "<a.txt, 3 bytes>"
    assert TOKEN not in repr(calls)
    assert platform.sent == {7: 2}
    assert platform.version > before


def test_a_restarted_sandbox_knows_everything(tmp_path: Path, clock: Any) -> None:
    journal = tmp_path / "sandbox.jsonl"

    def state(platform: Platform) -> tuple[Any, ...]:
        chats = [platform.messages(chat) for chat in sorted(platform.chats)]
        return chats, platform.pending_updates(), platform.answers_to(query), platform.sent, platform.commands()

    first = Platform(TOKEN, clock, journal)
    first.add_person(7, "Lan")
    first.press_start(7)
    sent = first.call(
        "sendMessage",
        {"chat_id": "7", "text": "2b", "reply_markup": '{"inline_keyboard":[[{"text":"Xong","callback_data":"d"}]]}'},
    )
    with pytest.raises(ApiError):
        first.call("sendMessage", {"chat_id": 9, "text": "x"})
    query = first.tap(7, 7, sent["message_id"], "Xong")["id"]
    clock.forward(minutes=5)
    photo = first.send_photo(7, 7, b"the picture")
    first.call("answerCallbackQuery", {"callback_query_id": query, "text": "Đã ghi"})
    first.call("setMyCommands", {"commands": '[{"command":"viec","description":"Việc"}]'})
    first.take_updates(first.open_poll(), 100_000_002, 100, None)
    first.add_group(-5, "Tổ", [7])
    first.add_bot_to_group(-5, 7)
    first.migrate(-5)
    with journal.open("a", encoding="utf-8") as file:
        file.write('{"at": "2020-01-1')  # the process died while it wrote

    second = Platform(TOKEN, clock, journal)
    assert state(second) == state(first)
    assert second.file_bytes(photo["photo"][-1]["file_id"]) == b"the picture"
    assert second.messages(7)[1]["date"] == first.messages(7)[1]["date"] < photo["date"]
    second.say(7, 7, "xong")
    assert state(Platform(TOKEN, clock, journal)) == state(second) != state(first)


def test_the_server_ends_while_a_poll_waits(clock: Any) -> None:
    platform = Platform(TOKEN, clock)
    with Server(create_app(platform)) as server, httpx.Client() as client:
        assert client.get(f"{server.url}/bot{TOKEN}/getMe").json()["result"]["is_bot"] is True
        with pytest.raises(httpx.ReadTimeout):
            client.get(f"{server.url}/bot{TOKEN}/getUpdates?timeout=50", timeout=0.1)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.url}/bot{TOKEN}/getMe")
