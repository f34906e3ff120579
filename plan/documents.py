"""Whether what must come out of a milestone is a document, with a number and a date, by the plan's own words."""

import re

from plan.model import Milestone, Task

# What "theo" stands before is what the work follows, not what it makes; a "bảng thông báo" hangs on a wall.
DOCUMENT = re.compile(
    r"(?<!theo )(?<!bảng )\b(?:kế hoạch|báo cáo|quyết định|văn bản|tờ trình|công văn|đề án|nghị quyết|chỉ thị"
    r"|thông báo|quy chế|biên bản)\b"
)


def is_document(task: Task, milestone: Milestone) -> bool:
    """Whether the milestone's own words or the task's product name a document."""
    return any(DOCUMENT.search(text.lower()) for text in (milestone.printed, task.product))
