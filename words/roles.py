"""The words people use for a role: officer, can bo, dau moi, thu truong, head, lanh dao."""

from plan.people import Role
from words.codes import fold

WORDS: dict[Role, frozenset[str]] = {
    Role.OFFICER: frozenset({"officer", "canbo", "daumoi", "canbodaumoi"}),
    Role.HEAD: frozenset({"head", "thutruong", "truongphong", "chutich"}),
    Role.ADMIN: frozenset({"admin", "tonghop", "daumoitonghop"}),
    Role.LEADER: frozenset({"leader", "lanhdao", "lanhdaotheodoi"}),
}


def role_of(text: str) -> Role | None:
    """The role that a word or two name, with or without accents and spaces; None for anything else."""
    wanted = "".join(fold(text).split())
    return next((role for role, words in WORDS.items() if wanted in words), None)


def split_role(text: str) -> tuple[str, Role | None]:
    """A text without the role at its end or its start, and that role: "xã Sơn Dung thủ trưởng", "thutruong sondung";
    the longest name of a role wins."""
    words = text.split()
    for count in (4, 3, 2, 1):
        if len(words) >= count and (role := role_of(" ".join(words[-count:]))) is not None:
            return " ".join(words[:-count]), role
    for count in (4, 3, 2, 1):
        if len(words) > count and (role := role_of(" ".join(words[:count]))) is not None:
            return " ".join(words[count:]), role
    return " ".join(words), None
