"""Places: a circle may say how many it will be, and then it is never more.

Every way in asks here, under the circle's lock: joining, a link, an accepted application, a list.
Fewer places than members drop nobody; nobody more comes in until there is room.
"""

from django.utils.translation import ngettext

from peerhood.circles.models import Circle
from peerhood.platform.refusals import Refusal


class Full(Refusal):
    """The circle has no place left."""

    def __init__(self, circle: Circle) -> None:
        super().__init__(
            ngettext(
                "This circle has %(count)d place, and it is taken.",
                "This circle has %(count)d places, and all are taken.",
                circle.member_limit or 0,
            )
            % {"count": circle.member_limit or 0}
        )


def free(circle: Circle) -> int | None:
    """How many more may come in; None where the circle sets no limit."""
    if circle.member_limit is None:
        return None
    return max(0, circle.member_limit - circle.memberships.inside().count())


def keep_for(circle: Circle, count: int = 1) -> None:
    """Refuse when so many more do not fit. The caller holds the circle's lock."""
    left = free(circle)
    if left is not None and count > left:
        raise Full(circle)
