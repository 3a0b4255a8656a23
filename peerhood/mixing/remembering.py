"""Remembering who keeps whom, so that two people who found each other meet a second time.

The word comes from the journal. It is used by the engine alone, shown to nobody, and
forgotten when either takes it back, when a person is erased, and after a year.
"""

from django.utils.timezone import now

from peerhood.mixing.models import Tie


def remember(one_id: int, other_id: int) -> None:
    """These two keep each other; ``one`` has the smaller key."""
    Tie.objects.get_or_create(one_id=one_id, other_id=other_id)


def forget(one_id: int, other_id: int) -> None:
    Tie.objects.filter(one_id=one_id, other_id=other_id).delete()


def forget_old() -> None:
    """A tie that is young no more changes no plan. This also takes what a crash kept from being forgotten."""
    Tie.objects.filter(made_at__lt=now() - Tie.YOUNG_FOR).delete()
