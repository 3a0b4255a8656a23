"""Put a proposal away without counting it, and bring it back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from peerhood.gatherings.models import Gathering
from peerhood.growth.models import Uncounted
from peerhood.growth.recording import was_there
from peerhood.people.models import Person
from peerhood.platform import presence


@transaction.atomic
def put_away(gathering: Gathering, *, by: Person) -> None:
    """It is proposed no more; its page still counts it. Twice is once."""
    if not was_there(by, gathering):
        raise PermissionDenied
    # No journal: what somebody does not count is nobody's business.
    presence.hold(by)
    Uncounted.objects.get_or_create(owner=by, gathering=gathering)


@transaction.atomic
def bring_back(gathering: Gathering, *, by: Person) -> None:
    """It is proposed again. Twice is once."""
    presence.hold(by)
    Uncounted.objects.filter(owner=by, gathering=gathering).delete()
