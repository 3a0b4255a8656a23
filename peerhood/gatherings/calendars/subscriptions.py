"""Subscriptions: which calendars somebody may follow, and under which addresses.

They hold what a visitor may see, whoever follows them: a calendar program signs in nowhere. So a
closed circle has none, and its members follow their own program instead (``feeds``).
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from peerhood.circles.models import Circle
from peerhood.circles.queries import circles_of
from peerhood.people.models import Person


@dataclass(frozen=True)
class Subscription:
    """``circle`` is None for all public gatherings; of a network, its chapters' stand beside its own."""

    circle: Circle | None
    is_network: bool
    address: str

    @property
    def webcal(self) -> str:
        return webcal(self.address)


def offered_to(person: Person, circle: Circle | None = None) -> list[Subscription]:
    """All public gatherings; those of one circle and its network, or else of each circle they belong to."""
    public = Circle.objects.visible_to(AnonymousUser())
    chosen = public.filter(pk=circle.pk) if circle else public.filter(pk__in=circles_of(person).values("pk"))
    roots = Q(pk__in=chosen.values("pk")) | Q(pk__in=chosen.values("parent"))
    networks = public.filter(roots, Exists(public.filter(parent=OuterRef("pk"))))
    return [
        *(Subscription(each, False, _address("feed_of_circle", each.slug)) for each in chosen),
        *(Subscription(each, True, _address("feed_of_network", each.slug)) for each in networks),
        Subscription(None, False, _address("feed")),
    ]


def webcal(address: str) -> str:
    """The same address as calendar programs register it: opened there, it is followed and not only read once.

    >>> webcal("https://example.org/gatherings/feed.ics")
    'webcal://example.org/gatherings/feed.ics'
    """
    return f"webcal://{address.partition('://')[2]}"


def _address(name: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(f"gatherings:{name}", args=arguments)
