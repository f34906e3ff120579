"""What somebody wrote in a letter themselves: without what it quotes, what signs it, what a phone adds."""

import re
from collections.abc import Sequence

from channels.mail.encoded import text_of
from channels.mail.html_text import words_of
from channels.mail.letter import Body, Letter

MOST_WORDS = 20_000
# The line of ours above which answers are to be written.
ABOVE = re.compile(r"phía trên dòng này|above this line", re.IGNORECASE)
BETWEEN = re.compile(
    r"^[\s>*]*[-_=]{3,}\s*(?:original message|original appointment|forwarded message|thư gốc|thư ban đầu|"
    r"tin nhắn gốc|thư đã chuyển tiếp|tin nhắn được chuyển tiếp|thư chuyển tiếp|chuyển tiếp)\b",
    re.IGNORECASE,
)
# «Vào Th 2, 20 thg 1, 2020 vào lúc 07:30 Nhắc Việc <…> đã viết:», «On Mon, … wrote:», over as many as four lines.
WROTE = re.compile(r"^(?:vào|lúc|ngày|on|from|in)\b.{6,400}?(?:đã viết|viết|wrote)\s*:\s*$", re.IGNORECASE | re.DOTALL)
WROTE_LINES = 4
RULE = re.compile(r"^\s*[_=*-]{5,}\s*$")
FIRST_OF_HEAD = re.compile(r"^[\s*]*(?:from|từ|người gửi)\s*:", re.IGNORECASE)
REST_OF_HEAD = re.compile(
    r"^[\s*]*(?:sent|date|to|subject|đã gửi|gửi|ngày|ngày gửi|đến|tới|người nhận|chủ đề|tiêu đề)\s*:", re.IGNORECASE
)
OF_PHONES = re.compile(
    r"^(?:sent from my|sent from|get outlook for|đã gửi từ|được gửi từ|gửi từ|tải outlook|nhận outlook)\b.{0,80}$",
    re.IGNORECASE,
)
SIGNED = ("--", "-- ", "—")
# Alone on a line they begin what signs a letter: a name, a post, a telephone.
REGARDS = re.compile(
    r"^(?:(?:xin )?trân trọng(?: kính chào| cảm ơn| cám ơn)?|kính thư|thân mến|thân ái|kính chào|"
    r"best regards|kind regards|regards|sincerely)\s*[.,!]*$",
    re.IGNORECASE,
)
# And what a letter begins with; where a line says more, it stays.
SALUTATION = re.compile(r"^(?:kính gửi|kính thưa|thưa|gửi|dear|chào)\b[^\d:]{0,80}[,:.!]?$", re.IGNORECASE)
MOST_SIGNED = 10
QUOTED = ">"
MANY = re.compile(r"\n{3,}")


def own_words(letter: Letter) -> str:
    """The words of the one who wrote a letter; "" where there are none. Never raises."""
    plain = [each for each in letter.bodies if each.mime == "text/plain"]
    texts = [_unfolded(each) for each in plain]
    if not any(text.strip() for text in texts):
        texts = [words_of(text_of(each.data, each.charset)) for each in letter.bodies if each.mime == "text/html"]
    return cut("\n".join(texts))[:MOST_WORDS].strip()


def cut(text: str) -> str:
    """A text without what it quotes and what signs it."""
    lines, kept, place = text.split("\n"), [], 0
    while place < len(lines):
        line = lines[place]
        if line.lstrip().startswith(QUOTED):
            place += 1
        elif (height := _introduces(lines, place)) > 0:
            place += height
            if not _is_marked(lines, place):
                break
        elif line in SIGNED or ABOVE.search(line) or BETWEEN.match(line) or _is_head(lines, place):
            break
        else:
            kept += [line.rstrip()] if not OF_PHONES.match(line.strip()) else []
            place += 1
    return MANY.sub("\n\n", "\n".join(_unsigned(kept))).strip()


def _unsigned(lines: Sequence[str]) -> Sequence[str]:
    """The lines without a salutation and without what signs them, unless nothing else is there."""
    said = [place for place, line in enumerate(lines) if line.strip()]
    if len(said) > 1 and SALUTATION.match(lines[said[0]].strip()):
        said = said[1:]
    ends = next((at for at, place in enumerate(said) if at and REGARDS.match(lines[place].strip())), len(said))
    if len(said) - ends > MOST_SIGNED:
        ends = len(said)
    return lines[said[0] : said[ends - 1] + 1] if said else []


def _introduces(lines: Sequence[str], place: int) -> int:
    """How many lines from here say that somebody wrote what follows; 0 for none."""
    for height in range(1, WROTE_LINES + 1):
        if WROTE.match(" ".join(each.strip() for each in lines[place : place + height])):
            return height
    return 0


def _is_marked(lines: Sequence[str], place: int) -> bool:
    """Whether what follows is marked as quoted line by line, so that an answer may stand behind it."""
    following = next((line for line in lines[place:] if line.strip()), "")
    return following.lstrip().startswith(QUOTED)


def _is_head(lines: Sequence[str], place: int) -> bool:
    """Whether the head of another letter begins here, as Outlook puts it above what it quotes."""
    if RULE.match(lines[place]):
        following = next((at for at in range(place + 1, len(lines)) if lines[at].strip()), place)
        return following > place and not RULE.match(lines[following]) and _is_head(lines, following)
    if not FIRST_OF_HEAD.match(lines[place]):
        return False
    near = [line for line in lines[place + 1 : place + 8] if line.strip()][:5]
    return sum(bool(REST_OF_HEAD.match(line)) for line in near) >= 2


def _unfolded(body: Body) -> str:
    """A plain text, whose lines go on where a program broke them to be short (RFC 3676)."""
    text = text_of(body.data, body.charset)
    if not body.flowed:
        return text
    found = ""
    for line in text.split("\n"):
        goes_on = line.endswith(" ") and line not in SIGNED and not line.startswith(QUOTED)
        found += line if goes_on else f"{line}\n"
    return found
