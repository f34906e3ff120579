"""Rows for every table of every released revision of the schema, written against that revision alone.

A new revision needs its seed here: usually the one before it, with the columns and tables that came.
"""

import hashlib
from copy import deepcopy
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
AT = "2020-01-02 00:30:00.000000"
LATER = "2020-01-14 01:00:00.123456"
BYTES = bytes(range(256)) * 9
DIGEST = hashlib.sha256(BYTES).hexdigest()

FIRST: Rows = {
    "setting": [
        {"key": "bot_name", "value": "nhacviec_bot"},
        {"key": "beat:poll", "value": "2020-01-14T01:00:00+00:00"},
    ],
    "rate": [{"key": "telegram:101", "free_at": 1579000000.25}],
    "plan": [
        {"id": "cchc-2020", "digest": "d" * 64, "content": '{"year": 2020}', "first_synced_at": AT, "synced_at": LATER,
         "start": "normal"},
        {"id": "cu", "digest": "e" * 64, "content": '{"year": 2019}', "first_synced_at": AT, "synced_at": AT,
         "start": "history"},
    ],
    "agency": [{"id": "sondung", "name": "UBND xã Sơn Dung"}, {"id": "tuphap", "name": "Phòng Tư pháp"}],
    "person": [{"id": 1, "name": "Đinh Thị Lan", "created_at": AT}, {"id": 2, "name": "Hoa", "created_at": AT}],
    "address": [
        {"id": 1, "person_id": 1, "channel": "telegram", "user": "101", "chat": "101", "linked_at": AT,
         "unreachable_since": LATER, "unreachable_why": "blocked"},
    ],
    "membership": [
        {"id": 1, "person_id": 1, "agency_id": "sondung", "role": "officer", "since": AT, "until": None},
        {"id": 2, "person_id": 1, "agency_id": "sondung", "role": "head", "since": AT, "until": LATER},
        {"id": 3, "person_id": 2, "agency_id": "tuphap", "role": "admin", "since": AT, "until": None},
    ],
    "invite": [
        {"id": 1, "code_hash": "a" * 64, "agency_id": "sondung", "role": "officer", "made_by": 2, "made_at": AT,
         "expires_at": LATER, "shown_to": "101", "used_at": LATER, "used_by": 1},
    ],
    "consent": [{"id": 1, "person_id": 1, "notice": "Thông báo «dữ liệu»\ncá nhân", "agreed_at": AT}],
    "group_chat": [
        {"id": 1, "channel": "telegram", "chat": "-4001", "title": "CCHC", "linked_by": 2, "linked_at": AT,
         "unlinked_at": None},
    ],
    "inbox": [
        {"id": 1, "channel": "telegram", "key": "7", "received_at": AT, "raw": '{"update_id": 7}', "state": "new",
         "attempts": 1, "not_before": LATER, "error": "reference 0A1B"},
        {"id": 2, "channel": "telegram", "key": "8", "received_at": AT, "raw": "", "state": "done", "attempts": 0,
         "not_before": None, "error": ""},
    ],
    "obligation": [
        {"id": 1, "plan_id": "cchc-2020", "task": "2b", "milestone": "2b.1", "occurrence": "", "agency_id": "sondung",
         "kind": "dated", "due": "2020-01-30", "state": "done", "done_at": LATER, "progress": "60", "blocked": ""},
        {"id": 2, "plan_id": "cchc-2020", "task": "bc", "milestone": "bc.1", "occurrence": "2020-Q1",
         "agency_id": "tuphap", "kind": "periodic", "due": None, "state": "open", "done_at": None, "progress": "",
         "blocked": "thiếu kinh phí"},
    ],
    "submission": [
        {"id": 1, "obligation_id": 1, "person_id": 1, "at": LATER, "recorded_at": LATER, "note": "đã ban hành",
         "via": "caption", "source": "telegram:101:5", "album": "album-1", "withdrawn_at": None},
    ],
    "obligation_event": [
        {"id": 1, "obligation_id": 1, "kind": "created", "at": AT, "recorded_at": AT, "person_id": None, "via": "plan",
         "due": "2020-01-30", "note": "", "submission_id": None},
        {"id": 2, "obligation_id": 1, "kind": "submitted", "at": LATER, "recorded_at": LATER, "person_id": 1,
         "via": "caption", "due": None, "note": "đã ban hành", "submission_id": 1},
        {"id": 3, "obligation_id": 2, "kind": "created", "at": AT, "recorded_at": AT, "person_id": None, "via": "plan",
         "due": None, "note": "", "submission_id": None},
    ],
    "delivery": [
        {"id": 1, "created_at": AT, "kind": "digest", "priority": 2, "why": "reminders",
         "subject": "digest:1:2020-01-14",
         "person_id": 1, "channel": "telegram", "chat": "101", "reply_to": None, "body": None, "submission_id": None,
         "state": "sent", "not_before": AT, "attempts": 1, "doubts": 0, "lease_token": None, "lease_until": None,
         "message_id": "55", "sent_at": LATER, "last_error": "", "reported": 0},
        {"id": 2, "created_at": AT, "kind": "confirmation", "priority": 0, "why": "an answer", "subject": "confirm:1",
         "person_id": 1, "channel": "telegram", "chat": "101", "reply_to": "5", "body": '{"parts": ["Đã ghi nhận"]}',
         "submission_id": 1, "state": "in_doubt", "not_before": LATER, "attempts": 2, "doubts": 1, "lease_token": "t",
         "lease_until": LATER, "message_id": None, "sent_at": None, "last_error": "timed out", "reported": 1},
    ],
    "reminder": [
        {"id": 1, "person_id": 1, "obligation_id": 1, "due": "2020-01-30", "step": "before:7", "rung": -7,
         "delivery_id": 1, "skipped": ""},
        {"id": 2, "person_id": 1, "obligation_id": 1, "due": "2020-01-30", "step": "before:15", "rung": -15,
         "delivery_id": None, "skipped": "superseded by before:7"},
    ],
    "blob": [{"sha256": DIGEST, "size": len(BYTES), "data": BYTES}],
    "evidence": [
        {"id": 1, "source": "telegram:101:5", "person_id": 1, "submission_id": 1, "channel": "telegram",
         "file_id": "f", "unique_id": "u", "kind": "photo", "name": "ảnh.jpg", "mime": "image/jpeg",
         "size": len(BYTES), "album": "album-1", "caption": "/done 2b", "sent_at": AT, "sha256": DIGEST,
         "state": "stored", "attempts": 1, "not_before": AT, "asked_at": LATER, "error": ""},
        {"id": 2, "source": "telegram:101:6", "person_id": 1, "submission_id": None, "channel": "telegram",
         "file_id": "g", "unique_id": "v", "kind": "document", "name": "", "mime": "", "size": None, "album": None,
         "caption": "", "sent_at": AT, "sha256": None, "state": "failed", "attempts": 25, "not_before": AT,
         "asked_at": None, "error": "gone"},
    ],
    "question": [{"id": 1, "person_id": 1, "chat": "101", "kind": "which", "data": '{"files": [2]}', "asked_at": AT}],
}  # fmt: skip


def _second() -> Rows:
    rows = deepcopy(FIRST)
    rows["lease"] = [{"name": "scheduler", "holder": "host/1:2:3", "epoch": 4, "until": LATER}]
    rows["audit"] = [
        {"id": 1, "at": AT, "actor": 2, "via": "telegram", "action": "invite.made", "subject": "invite:1",
         "detail": '{"role": "officer"}', "previous": "0" * 64, "hash": "b" * 64},
    ]  # fmt: skip
    rows["evidence"][0]["content"] = "jpeg"
    rows["evidence"][1] |= {"content": "", "state": "refused"}
    rows["invite"][0]["revoked_at"] = LATER
    rows["person"][0] |= {"quiet_until": LATER, "erased_at": None}
    rows["person"][1] |= {"quiet_until": None, "erased_at": LATER}
    return rows


def _third() -> Rows:
    rows = _second()
    rows["obligation"][0] |= {
        "planned": "2020-01-30", "returned": "", "kept_at": None, "returned_at": None,
        "acknowledged_at": AT, "extensions": 0, "judged": "",
        "retired_from": None, "origin": "plan",
    }  # fmt: skip
    rows["obligation"][1] |= {
        "planned": None, "returned": "thiếu dấu", "kept_at": LATER, "returned_at": LATER,
        "acknowledged_at": None, "extensions": 1,
        "judged": "flagged", "retired_from": None, "origin": "chat",
    }  # fmt: skip
    rows["submission"][0] |= {
        "product_number": "KH 05/KH-UBND", "product_date": "2020-01-13", "product_title": "Kế hoạch", "on_behalf": 0,
        "nothing_arose": 0,
    }  # fmt: skip
    rows["address"][0]["handle"] = "lan"
    rows["invite"][0]["label"] = "Đinh Thị Lan"
    rows["person"][0]["language"] = "en"
    rows["person"][1]["language"] = None
    rows["group_chat"][0] |= {"scope": '["communes"]', "topic": "7"}
    for row in rows["delivery"]:
        row |= {"topic": None, "obligation_id": 1}
    rows["contribution"] = [
        {"id": 1, "plan_id": "cchc-2020", "task": "2b", "agency_id": "tuphap", "person_id": 2, "at": AT,
         "source": "telegram:102:1", "note": "số liệu"},
    ]  # fmt: skip
    rows["request"] = [
        {"id": 1, "kind": "extension", "obligation_id": 2, "person_id": 1, "submission_id": None, "asked_at": AT,
         "source": "telegram:101:9", "wanted": "2020-02-15", "reason": "thiếu kinh phí", "late": 0, "state": "granted",
         "decided_at": LATER, "decided_by": 2, "answer": ""},
    ]  # fmt: skip
    rows["office_day"] = [
        {"day": "2020-02-10", "kind": "off", "name": "nghỉ bù", "basis": "CV 1/UBND", "set_by": 2, "set_at": AT},
    ]
    rows["outage"] = [{"id": 1, "since": AT, "until": LATER}]
    rows["absence"] = [
        {"id": 1, "person_id": 1, "stand_in_id": 2, "first": "2020-02-03", "last": "2020-02-10", "made_at": AT,
         "ended_at": None},
    ]  # fmt: skip
    # Evidence may belong to a contribution, and comes after it.
    evidence, question = rows.pop("evidence"), rows.pop("question")
    for row, contribution in zip(evidence, (None, 1), strict=True):
        row["contribution_id"] = contribution
    return rows | {"evidence": evidence, "question": question}


def _fourth() -> Rows:
    rows = _third()
    rows["office_day"] = [
        rows["office_day"][0] | {"id": 1, "undone_at": None},
        {"id": 2, "day": "2020-02-11", "kind": "off", "name": "nghỉ bão", "basis": "CĐ 9", "set_by": None, "set_at": AT,
         "undone_at": LATER},
    ]  # fmt: skip
    rows["plan_version"] = [
        {"id": 1, "plan_id": "cchc-2020", "digest": "c" * 64, "content": '{"year": 2019}', "synced_at": AT},
        {"id": 2, "plan_id": "cchc-2020", "digest": "d" * 64, "content": '{"year": 2020}', "synced_at": LATER},
    ]
    rows["issued_report"] = [
        {"id": 1, "key": "2020-Q1", "scope": "", "number": 1, "issued_at": AT, "issued_by": 2, "content": "{}",
         "sha256": "f" * 64, "corrects": None, "reason": ""},
        {"id": 2, "key": "2020-Q1", "scope": "", "number": 2, "issued_at": LATER, "issued_by": None, "content": "{}",
         "sha256": "f" * 64, "corrects": 1, "reason": "thiếu xã Sơn Lập"},
    ]  # fmt: skip
    rows["remark"] = [
        {"id": 1, "obligation_id": 1, "at": LATER, "person_id": 2, "via": "telegram", "text": "bản giấy ở văn thư"},
    ]
    return rows


def _fifth() -> Rows:
    rows = _fourth()
    parts: tuple[dict[str, Any], ...] = (
        {"occasion": "digest", "day": "2020-01-14"},
        {"occasion": "confirm", "day": None},
    )
    for row, own, identity in zip(rows["delivery"], parts, ("digest:2020-01-14:1", "confirm:1"), strict=True):
        del row["subject"]
        row |= {"identity": identity, "page": 1, "first_id": None, "caused_by": None, "in_group": 0, **own}
    rows["invite"][0]["shown_on"] = "telegram"
    return rows


def _sixth() -> Rows:
    rows = _fifth()
    rows["question"][0]["channel"] = "telegram"
    rows["absence"][0]["wanted_id"] = 2
    rows["nomination"] = [
        {"id": 1, "person_id": 2, "agency_id": "tuphap", "role": "admin", "named_by": 1, "instead_of": 1, "at": AT,
         "via": "telegram:press", "decided_at": LATER, "decided_by": 1, "granted": 1},
    ]  # fmt: skip
    return rows


def _seventh() -> Rows:
    rows = _sixth()
    for row in rows["obligation"]:
        row["work"] = row["milestone"]
    rows["plan_draft"] = [
        {"id": 1, "plan_id": "cchc-2020", "content": '{"year": 2020}', "digest": "f" * 64, "told": "{}", "made_at": AT,
         "via": "file", "state": "adopted", "decided_at": LATER, "decided_by": 1},
    ]  # fmt: skip
    return rows


def _eighth() -> Rows:
    """What was said and not understood whole, what waits for a signature, what was handed in elsewhere."""
    rows = deepcopy(_seventh())
    for row in rows["obligation"]:
        row |= {"signing": None, "said": ""}
    rows["obligation"][1] |= {"signing": "2020-01-13", "said": "hoàn thành 80%"}
    for row in rows["submission"]:
        row |= {"handed_way": "qua iOffice", "handed_on": "2020-01-10"}
    number = max(row["id"] for row in rows["obligation_event"])
    happened = {"obligation_id": 2, "at": LATER, "recorded_at": LATER, "person_id": 1, "via": "telegram:message",
                "submission_id": None}  # fmt: skip
    rows["obligation_event"] += [
        happened | {"id": number + 1, "kind": "for_signature", "due": "2020-01-13", "note": "đã trình"},
        happened | {"id": number + 2, "kind": "said", "due": None, "note": "hoàn thành 80%"},
    ]
    rows["unclear"] = [
        {"id": 1, "obligation_id": 2, "person_id": 1, "at": LATER, "source": "telegram:101:9",
         "via": "telegram:message", "note": "hoàn thành 80%", "album": None, "files": "[1]", "says": "progress",
         "share": 80, "day": None, "way": "", "settled_at": None, "settled_by": None, "settled_as": ""},
    ]  # fmt: skip
    return rows


def _ninth() -> Rows:
    """Which message an update is of, and whether it had an effect."""
    rows = deepcopy(_eighth())
    rows["inbox"][0] |= {"message": "", "acted": 0}
    rows["inbox"][1] |= {"message": "101:9", "acted": 1}
    return rows


def _tenth() -> Rows:
    """To what a file belongs that is of no answer, and what became of one that was taken out."""
    rows = deepcopy(_ninth())
    nothing = {"obligation_id": None, "left_at": None, "told_at": None, "removed_at": None, "removed_by": None,
               "removed_why": "", "removed_hash": ""}  # fmt: skip
    for row in rows["evidence"]:
        row |= nothing
    rows["evidence"][1] |= {"state": "removed", "obligation_id": 2, "left_at": AT, "told_at": AT, "removed_at": LATER,
                            "removed_by": 1, "removed_why": "gửi nhầm", "removed_hash": "e" * 64}  # fmt: skip
    return rows


def _eleventh() -> Rows:
    """Why something is late and who ruled about it, what somebody said of a proof sheet, what people were told."""
    rows = deepcopy(_tenth())
    for row in rows["obligation"]:
        row |= {"cause": "", "why_late": "", "ruled": ""}
    rows["obligation"][1] |= {"cause": "waiting", "why_late": "mưa lũ chia cắt"}
    event, request = rows["obligation_event"][-1], rows["request"][-1]
    rows["obligation_event"].append(
        event | {"id": event["id"] + 1, "kind": "cause_told", "due": None, "note": "mưa lũ chia cắt"}
    )
    for row in rows["request"]:
        row |= {"ruled_by": "", "ruled_post": "", "ruled_number": "", "ruled_on": None}
    rows["request"].append(
        request
        | {"id": request["id"] + 1, "kind": "cause", "obligation_id": 2, "source": "telegram:101:10",
           "reason": "mưa lũ chia cắt", "wanted": None, "ruled_by": "Đinh Văn Y", "ruled_post": "Phó Chủ tịch",
           "ruled_number": "15/UBND-NV", "ruled_on": "2020-02-12"}
    )  # fmt: skip
    rows["opinion"] = [
        {"id": 1, "obligation_id": 2, "person_id": 1, "at": LATER, "source": "telegram:101:11", "via": "telegram",
         "words": "đã nộp bản giấy", "due": "2020-01-31", "answered_at": None, "answered_by": None, "answer": ""},
    ]  # fmt: skip
    rows["kept_message"] = [
        {"id": 1, "delivery_id": 900, "person_id": 1, "group_title": "", "channel": "telegram",
         "in_group": 0, "kind": "urge", "at": AT, "sent_at": AT, "state": "sent", "doubts": 0, "last_error": "",
         "body": '{"parts": ["nhắc"]}'},
    ]  # fmt: skip
    rows["kept_about"] = [{"id": 1, "kept_id": 1, "obligation_id": 2, "rung": -3}]
    for row in rows["consent"]:
        row["edition"] = 1
    return rows


def _twelfth() -> Rows:
    """A document that became a plan, one that is asked about, one that was refused, and an answer."""
    rows = deepcopy(_eleventh())
    digest = rows["blob"][0]["sha256"]
    plan = rows["plan"][0]["id"]
    document = {
        "made_at": LATER, "made_by": 1, "via": "telegram:message", "channel": "telegram", "file_id": "F", "attempts": 0,
        "not_before": None, "why": "", "sha256": digest, "draft": "{}", "plan_id": None, "decided_at": None,
        "decided_by": None,
    }  # fmt: skip
    rows["plan_import"] = [
        document | {"id": 1, "source": "telegram:101:20", "name": "ke-hoach.docx", "state": "adopted", "plan_id": plan,
                    "decided_at": LATER, "decided_by": 1},
        document | {"id": 2, "source": "telegram:101:21", "name": "bang.xlsx", "state": "asking"},
        document | {"id": 3, "source": "telegram:101:22", "name": "", "file_id": "", "state": "refused",
                    "why": "secret", "sha256": None, "draft": ""},
    ]  # fmt: skip
    rows["plan_import_answer"] = [
        {"id": 1, "import_id": 2, "question": "year", "choice": "", "words": "năm 2020", "at": LATER,
         "via": "telegram:message", "person_id": 1},
    ]  # fmt: skip
    return rows


def _thirteenth() -> Rows:
    """A file that came with a cause of delay, and none that came with an opinion."""
    rows = deepcopy(_twelfth())
    for row in rows["evidence"]:
        row |= {"request_id": None, "opinion_id": None}
    rows["evidence"][1]["request_id"] = rows["request"][-1]["id"]
    # What a file came with is there before it.
    evidence = rows.pop("evidence")
    return rows | {"evidence": evidence}


def _fourteenth() -> Rows:
    """What a plan's change rests on, the first day of a deadline, and what was read wrongly and put right."""
    rows = deepcopy(_thirteenth())
    for row in rows["obligation"]:
        row["first_due"] = row["planned"]
    # A draft may come of an imported document, and comes after it.
    drafts = rows.pop("plan_draft")
    rows["plan_draft"] = [each | {"basis": "QĐ 512/QĐ-UBND", "import_id": 1} for each in drafts]
    rows["plan_correction"] = [
        {"id": 1, "plan_id": rows["plan"][0]["id"], "work": "2b.1", "code": "2b", "was": '{"due": "2020-01-31"}',
         "becomes": '{"due": "2020-01-30"}', "why": "đọc nhầm ngày", "at": LATER, "via": "telegram:message",
         "person_id": 1},
    ]  # fmt: skip
    event = rows["obligation_event"][-1]
    rows["obligation_event"].append(
        event | {"id": event["id"] + 1, "kind": "misread", "due": "2020-01-30", "note": "đọc nhầm ngày"}
    )
    return rows


def _fifteenth() -> Rows:
    """A question that waits, about no task, and one that was answered."""
    rows = deepcopy(_fourteenth())
    asked = {"agency_id": "sondung", "person_id": 1, "at": LATER, "via": "telegram:message", "due": "2020-01-23"}
    rows["inquiry"] = [
        asked | {"id": 1, "code": "", "source": "telegram:101:30", "words": "nộp ở đâu ạ", "answered_at": None,
                 "answered_by": None, "answer": ""},
        asked | {"id": 2, "code": "2b", "source": "telegram:101:31", "words": "2b làm theo mẫu nào",
                 "answered_at": LATER, "answered_by": 2, "answer": "mẫu số 1"},
    ]  # fmt: skip
    return rows


def _sixteenth() -> Rows:
    """Somebody who signed in at the screen with an authenticator, after wrong attempts, and confirmed an answer."""
    rows = deepcopy(_fifteenth())
    rows["desk_key"] = [
        {"id": 1, "person_id": 2, "secret": "$argon2id$old", "made_at": AT, "confirmed_at": AT, "confirmed_by": 1,
         "ended_at": LATER},
        {"id": 2, "person_id": 2, "secret": "$argon2id$new", "made_at": LATER, "confirmed_at": None,
         "confirmed_by": None, "ended_at": None},
    ]  # fmt: skip
    rows["desk_authenticator"] = [
        {"id": 1, "person_id": 2, "secret": "JBSWY3DPEHPK3PXP", "made_at": AT, "proven_at": LATER,
         "last_step": 52633333}
    ]  # fmt: skip
    rows["desk_code"] = [
        {"id": 1, "person_id": 2, "purpose": "chat", "salt": "s", "code_hash": "c" * 64, "made_at": AT,
         "expires_at": LATER, "tries": 2, "used_at": None}
    ]  # fmt: skip
    rows["desk_session"] = [
        {"id": 1, "person_id": 2, "stage": "in", "token_hash": "t" * 64, "device_hash": "d" * 64,
         "browser": "Firefox · Windows", "address": "10.0.0.7", "made_at": AT, "seen_at": LATER, "second_at": AT,
         "ended_at": None, "ended_why": ""}
    ]  # fmt: skip
    rows["desk_failure"] = [{"id": 1, "person_id": 2, "address": "10.0.0.8", "count": 5, "last_at": AT, "until": LATER}]
    rows["desk_press"] = [
        {"id": 1, "nonce": "n" * 22, "person_id": 2, "at": LATER, "replies": '[{"parts": ["Đã xác nhận"]}]'}
    ]
    return rows


def _seventeenth() -> Rows:
    """Somebody who carries a task out, and a task of which somebody was named and left."""
    rows = deepcopy(_sixteenth())
    named = {"plan_id": "cchc-2020", "agency_id": "sondung", "named_by": 2, "at": LATER, "via": "telegram:message"}
    rows["assignee"] = [
        named | {"id": 1, "work": "2b", "person_id": 1},
        named | {"id": 2, "work": "1e", "person_id": 1},
        named | {"id": 3, "work": "1e", "person_id": None, "named_by": None, "via": "service"},
    ]
    return rows


def _eighteenth() -> Rows:
    """Somebody with two ways and hours of their own, a code for a further way, and a message that was moved."""
    rows = deepcopy(_seventeenth())
    rows["address"] = [each | {"rank": -1} for each in rows["address"]]
    rows["person"] = [each | {"hours": "08:00-17:00" if each["id"] == 1 else None} for each in rows["person"]]
    rows["invite"] = [each | {"person_id": 1 if each["id"] == 1 else None} for each in rows["invite"]]
    rows["delivery"] = [each | {"moved_from": "telegram"} for each in rows["delivery"]]
    return rows


def _nineteenth() -> Rows:
    """Somebody who answered by the address of one message, was given another, and left; a group's picture."""
    rows = deepcopy(_eighteenth())
    own = {"person_id": 1, "obligation_id": 1, "made_at": AT, "expires_at": LATER}
    rows["answer_link"] = [
        own | {"id": 1, "delivery_id": 1, "salt": "a", "token_hash": "a" * 64, "used_at": LATER, "ended_at": None},
        own | {"id": 2, "delivery_id": 2, "salt": "b", "token_hash": "b" * 64, "used_at": None, "ended_at": LATER},
    ]
    rows["file_link"] = [
        {"id": 1, "person_id": None, "delivery_id": 1, "salt": "c", "token_hash": "c" * 64, "name": "",
         "content": "image/png", "data": b"PNG", "made_at": AT, "expires_at": LATER}
    ]  # fmt: skip
    return rows


def _twentieth() -> Rows:
    """An address that waits to be proven, and letters that are nobody's."""
    rows = deepcopy(_nineteenth())
    rows["address_code"] = [
        {"id": 1, "person_id": 1, "channel": "mail", "user": "lan@sondung.gov.vn", "code_hash": "c" * 64, "made_by": 2,
         "made_at": AT, "expires_at": LATER, "tries": 2, "ended_at": None}
    ]  # fmt: skip
    letter = {"at": AT, "sender": "lan@sondung.gov.vn", "name": "Lan", "subject": "Báo cáo", "words": "2b xong"}
    rows["stray_letter"] = [
        letter | {"id": 1, "source": "mail:a:1", "files": 1, "is_ours": False, "settled_at": None, "settled_by": None},
        letter | {"id": 2, "source": "mail:a:2", "files": 0, "is_ours": True, "settled_at": LATER, "settled_by": 2},
    ]
    return rows


def _twenty_first() -> Rows:
    """A telephone that is shared, and somebody who reported on it."""
    rows = deepcopy(_twentieth())
    plain = {"duty_of": None, "reports_on": None, "same_as": None}
    rows["person"] = [each | plain for each in rows["person"]]
    like = rows["person"][0]
    rows["person"] += [
        like | {"id": 3, "name": "máy trực của UBND xã Sơn Dung", "duty_of": "sondung"},
        like | {"id": 4, "name": "máy trực của UBND xã Sơn Dung, người báo: Lan", "reports_on": 3, "same_as": 1},
    ]
    return rows


SEEDS: dict[str, Rows] = {
    "0001": FIRST,
    "0002": _second(),
    "0003": _third(),
    "0004": _fourth(),
    "0005": _fifth(),
    "0006": _sixth(),
    "0007": _seventh(),
    "0008": _eighth(),
    "0009": _ninth(),
    "0010": _tenth(),
    "0011": _eleventh(),
    "0012": _twelfth(),
    "0013": _thirteenth(),
    "0014": _fourteenth(),
    "0015": _fifteenth(),
    "0016": _sixteenth(),
    "0017": _seventeenth(),
    "0018": _eighteenth(),
    "0019": _nineteenth(),
    "0020": _twentieth(),
    "0021": _twentieth(),
    "0022": _twentieth(),
    "0023": _twenty_first(),
    "0024": _twenty_first(),
    "0025": _twenty_first(),
}
