"""What somebody agreed to in a circle holds while they stay in it. Whoever left and came back is asked anew."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from peerhood.circles.models import Membership

Row = TypeVar("Row", bound=Model)


def standing(rows: QuerySet[Row], circle: str = "circle") -> QuerySet[Row]:
    """Of rows that say ``person`` and ``since``, those of people who belong to the circle and did then."""
    here = Membership.objects.by_their_own_yes().filter(person=OuterRef("person"), circle=OuterRef(circle))
    return rows.filter(Exists(here.filter(Q(came_at=None) | Q(came_at__lte=OuterRef("since")))))
