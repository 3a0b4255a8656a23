"""Whether a gathering may be told outside at all, and what a page says of it then."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from peerhood.circles.models import Circle
from peerhood.design import markdown
from peerhood.gatherings import confidentiality
from peerhood.gatherings.being_found import event
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import AgendaItem, Gathering

# What a search engine shows of a description.
DESCRIPTION_LENGTH = 160
LINKEDIN = "https://www.linkedin.com/sharing/share-offsite/"


@dataclass(frozen=True)
class Told:
    """What the head of a public gathering's page says."""

    address: str
    description: str
    card: str
    event: SafeString


@dataclass(frozen=True)
class Sharing:
    """Where the links lead that pass a gathering on."""

    address: str
    on_linkedin: str
    by_mail: str


def tellable(surface: Surface) -> QuerySet[Gathering]:
    """Announced gatherings of circles everybody may know of, with nothing in them that forbids the surface."""
    ruled = AgendaItem.objects.filter(
        gathering=OuterRef("pk"), confidentiality__in=confidentiality.forbidding(surface)
    )
    return Gathering.objects.visible_to(AnonymousUser()).filter(~Exists(ruled))


def may_be_told(gathering: Gathering, level: str, surface: Surface) -> bool:
    """The same of one that is at hand; ``level`` is the strictest of its items."""
    is_known = gathering.is_announced() or (gathering.is_cancelled() and gathering.published_at is not None)
    return is_known and not gathering.circle.is_closed() and confidentiality.allows(level, surface)


def of(gathering: Gathering, level: str, circles: Iterable[Circle]) -> Told | None:
    """What may be told; None where nothing may. The same whoever reads: closed circles that hold it, too, are left out."""
    if not may_be_told(gathering, level, Surface.STRUCTURED_DATA):
        return None
    address = address_of(gathering)
    description = described(gathering)
    # Another version is another picture: whoever has fetched one keeps it.
    card = f"{settings.SITE_URL}{reverse('gatherings:card', args=[gathering.pk])}?v={gathering.version}"
    public = [circle for circle in circles if not circle.is_closed()]
    said = event.as_json(gathering, public, address=address, description=description, image=card)
    return Told(address, description, card, said)


def sharing_of(gathering: Gathering, level: str) -> Sharing | None:
    """Links to pass it on; None where it may not be told, or nobody can come any more."""
    if not may_be_told(gathering, level, Surface.SHARE) or gathering.is_cancelled() or gathering.is_over():
        return None
    address = address_of(gathering)
    letter = {"subject": gathering.title, "body": f"{gathering.title}\n{address}"}
    return Sharing(
        address,
        on_linkedin=f"{LINKEDIN}?{urlencode({'url': address})}",
        by_mail=f"mailto:?{urlencode(letter, quote_via=quote)}",
    )


def address_of(gathering: Gathering) -> str:
    return f"{settings.SITE_URL}{gathering.get_absolute_url()}"


def described(gathering: Gathering) -> str:
    """One or two sentences: why they gather, else the host's words, else what the circle is for."""
    said = gathering.purpose or gathering.words or gathering.circle.purpose
    plain = unescape(strip_tags(markdown.rendered(said)))
    return Truncator(" ".join(plain.split())).chars(DESCRIPTION_LENGTH)
