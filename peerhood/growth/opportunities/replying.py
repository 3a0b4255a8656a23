"""Replying: a press, with a line of one's own. The author gets name and address, as the page says before.

Nobody else reads who is interested, and there is no number. Between two of whom one would rather not be with the
other it is accepted as always and goes nowhere: nobody learns of a silence by it. It is not in the journal.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.circles.permissions import is_inside
from peerhood.growth.models.opportunity import Interest, Opportunity
from peerhood.growth.opportunities.posting import held
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal


@transaction.atomic
def say_interested(opportunity: Opportunity, words: str, *, by: Person) -> Interest:
    """Once for each person and opportunity; a second press changes nothing."""
    found = held(opportunity)
    presence.hold(by)
    if not is_inside(by, found.circle) or found.author_id in silence.hidden_from(by):
        raise PermissionDenied
    if found.author_id == by.pk:
        raise Refusal(_("It is your own."))
    if before := found.interests.filter(person=by).first():
        return before
    if not found.is_standing():
        raise Refusal(_("It is not open any more."))
    is_delivered = found.author_id not in silence.apart_from(by.pk)
    interest = Interest.objects.create(
        opportunity=found, person=by, words=words.strip(), is_delivered=is_delivered
    )
    if is_delivered:
        sending.send(
            found.author,
            "growth/interested",
            # Taken back and said again, it is still told once.
            key=f"growth/interested/{found.pk}/{by.pk}",
            opportunity=found,
            other=by,
            words=interest.words,
        )
    return interest


@transaction.atomic
def take_back(opportunity: Opportunity, *, by: Person) -> None:
    """Out of the author's list. A mail that has left cannot be called back."""
    presence.hold(by)
    opportunity.interests.filter(person=by).delete()
    sending.take_back(f"growth/interested/{opportunity.pk}/{by.pk}")
