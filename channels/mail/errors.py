"""What a server of mail answers, as a decision: was it sent, will it ever be, is it the address, is it we.

RFC 5321 gives the three digits, RFC 3463 the enhanced code, which says what is meant where a server sends one.
"""

import re
from enum import StrEnum

import aiosmtplib

from channels.errors import ChannelError, Sent
from channels.mail.address import Server
from words.faults import Fault

ENHANCED = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
# The address is none, or its mailbox is closed: a full one (5.2.2) is emptied some day.
OF_ADDRESS = ("5.1.", "5.2.1")
# Not the address is meant but the size: of this one message, or of what the mailbox takes.
OF_SIZE = ("5.2.3", "5.3.4")
# A policy, or where we come from: the person cannot do anything about it.
OF_POLICY = ("5.7.",)
FULL = ("5.2.2",)
# What a server that knows us by now (greylisting), or a mailbox that is emptied, takes later.
AGAIN_S = 600.0


class Step(StrEnum):
    """How far a letter came."""

    CONNECT = "connect"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


def enhanced(said: str) -> str:
    """The enhanced code with which an answer begins; "" for none."""
    found = ENHANCED.match(said)
    return found[1] if found else ""


def refused(step: Step, code: int, said: str) -> ChannelError:
    """The decision for an answer that is no success, at a step; `said` is the server's words, masked."""
    text, more = f"{step}: {code} {said}", enhanced(said)
    if code == 421:
        # It closes the connection, whatever was asked.
        return ChannelError(text, stop=True)
    if step is Step.CONNECT:
        return ChannelError(text, stop=True)
    if step is Step.LOGIN:
        return ChannelError(text, stop=True, fault=Fault.ACCOUNT if code >= 500 else None)
    if code < 500:
        # Of a recipient or a letter, and not of the server: others may get through meanwhile.
        is_of_one = step in (Step.RECIPIENT, Step.DATA)
        return ChannelError(text, retry_after=AGAIN_S if is_of_one else None)
    if more.startswith(OF_SIZE) or (code == 552 and not more.startswith(FULL)):
        return ChannelError(text, permanent=True, fault=Fault.TOO_BIG)
    if step is Step.SENDER or code == 530:
        return ChannelError(text, stop=True, fault=Fault.ACCOUNT)
    if step is Step.RECIPIENT:
        return _of_recipient(code, more, text)
    return ChannelError(text, permanent=True)


def _of_recipient(code: int, more: str, text: str) -> ChannelError:
    if more.startswith((*FULL, *OF_POLICY)):
        return ChannelError(text, retry_after=AGAIN_S)
    is_gone = more.startswith(OF_ADDRESS) if more else code in (550, 551, 553)
    # Of a code that says neither, only this letter is given up.
    return ChannelError(text, permanent=True, gone=is_gone)


def broken(step: Step, error: Exception, server: Server) -> ChannelError:
    """The decision for a step that ended without an answer to it, or with one that the library raises."""
    if isinstance(error, aiosmtplib.SMTPResponseException) and error.code > 0:
        return refused(step, error.code, server.masked(error.message))
    text = f"{step}: {type(error).__name__}: {server.masked(str(error))}"
    if step is Step.DATA:
        # The letter was on its way: it may lie in the mailbox.
        return ChannelError(text, sent=Sent.UNKNOWN)
    if isinstance(error, ValueError | UnicodeError):
        # An address that the library does not put on the line; checked before, so none of ours.
        return ChannelError(text, permanent=True)
    return ChannelError(text, stop=step in (Step.CONNECT, Step.LOGIN))
