"""Let one's answers be counted with those of a circle, and take that back. Nobody learns who shares.

Shared is what one said last on the list the circle uses, today's and later ones. Whoever takes it back is not
in the next figures; what they are reckoned of, and when, says ``figures``. Nothing of it is written in the journal.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.circles.permissions import is_inside
from peerhood.growth import consent
from peerhood.growth.models import SkillShare
from peerhood.people.models import Person
from peerhood.platform import presence


@transaction.atomic
def share(circle: Circle, person: Person) -> None:
    presence.hold(person)
    if not is_inside(person, circle):
        raise PermissionDenied
    if not shares(circle, person):
        SkillShare.objects.update_or_create(circle=circle, person=person, defaults={"since": now()})


@transaction.atomic
def share_no_more(circle: Circle, person: Person) -> None:
    SkillShare.objects.filter(circle=circle, person=person).delete()


def shares(circle: Circle, person: Person) -> bool:
    return consent.standing(SkillShare.objects.filter(circle=circle, person=person)).exists()
