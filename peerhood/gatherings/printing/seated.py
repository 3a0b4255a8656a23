"""Those with a seat in the room, and their guests, as a sheet of paper may name them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering, Part, Rsvp
from peerhood.people.models import Person
from peerhood.people.seeing.visibility import Level, levels_open_to

# After z, in this order; everywhere else an accent changes nothing.
LAST_IN_SWEDISH = {"å": "{", "ä": "|", "ö": "}"}


@dataclass(frozen=True)
class Seated:
    """Somebody with a seat, as people of the same gathering may see them; what they do not show is empty."""

    name: str
    work: str = ""
    ask_me_about: str = ""
    employer: str = ""
    # Their own page, where there is one that others in the room can open.
    address: str = ""
    # May the name stand on a list that lies open?
    lies_open: bool = True
    # A guest that is named nowhere: counted, and let in.
    is_nameless: bool = False

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.strip() else ""

    @property
    def other_names(self) -> str:
        return " ".join(self.name.split()[1:])


def in_the_room(gathering: Gathering) -> list[Seated]:
    """Everybody with a seat in the room, by name; four queries, however many come."""
    going = gathering.rsvps.going().filter(part=Part.ROOM, person__is_active=True).select_related("person")
    pages = _with_a_page(gathering)
    found = [
        each
        for rsvp in going.prefetch_related("person__affiliations__employer")
        for each in _of(rsvp, has_page=rsvp.person_id in pages)
    ]
    return sorted(found, key=lambda each: by_alphabet(each.name, gathering.circle.language))


def _of(rsvp: Rsvp, *, has_page: bool) -> Iterator[Seated]:
    """A person and whom they bring. First-timers are not marked: being new is nobody's business but a greeter's."""
    person = rsvp.person
    lies_open = rsvp.shown_to != Rsvp.ShownTo.ORGANISERS
    job = person.current_affiliation() if person.shows("job") else None
    page = reverse("people:detail", args=[person.pk])
    yield Seated(
        name=str(person),
        work=person.work_in_circles,
        ask_me_about=person.ask_me_about if person.shows("ask_me_about") else "",
        employer=job.employer.name if job else "",
        address=f"{settings.SITE_URL}{page}" if has_page else "",
        lies_open=lies_open,
    )
    named = [str(name) for name in rsvp.guest_names[: rsvp.guests_count] if str(name).strip()]
    for name in named:
        yield Seated(name, lies_open=lies_open)
    for _each in range(rsvp.guests_count - len(named)):
        yield Seated(_("Guest of %(name)s") % {"name": person}, lies_open=lies_open, is_nameless=True)


def _with_a_page(gathering: Gathering) -> set[int]:
    """Keys of those whose own page others in the room can open: of a circle that holds it, or seen by all members."""
    inside = Membership.objects.by_their_own_yes().filter(circle__in=gathering.hosting_circles())
    people = Person.objects.filter(
        Q(pk__in=inside.values("person")) | Q(visibility__name__in=levels_open_to(Level.MEMBERS)),
        pk__in=gathering.rsvps.going().values("person"),
        welcomed_at__isnull=False,
    )
    return set(people.values_list("pk", flat=True))


def by_alphabet(name: str, language: str) -> str:
    """What to sort a name by: in Swedish å, ä and ö come last.

    >>> sorted(["Östen", "Åsa", "Zoë", "Eva", "Émile", "Ärla"], key=lambda name: by_alphabet(name, "sv"))
    ['Émile', 'Eva', 'Zoë', 'Åsa', 'Ärla', 'Östen']
    >>> sorted(["Östen", "Zoë", "Oda"], key=lambda name: by_alphabet(name, "en"))
    ['Oda', 'Östen', 'Zoë']
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    last = LAST_IN_SWEDISH if language == "sv" else {}
    letters = (last.get(letter) or unicodedata.normalize("NFD", letter) for letter in folded)
    return "".join(part for letter in letters for part in letter if not unicodedata.combining(part))
