"""Others like me: how many share what I said, and who of them agreed to be seen.

A count tells everybody who gives an answer, seen or not, and so it is told from five people on;
below that, only people who agreed to be seen are counted. People are found by what fewest
share, and each is explained in one sentence. Whom somebody has put away is not suggested to them again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.packs import Pack
from peerhood.people import putting_away
from peerhood.people.models import Person, Trait
from peerhood.people.seeing import asking_traits
from peerhood.people.seeing.asking_traits import Said
from peerhood.people.seeing.cards import Card, card_of
from peerhood.people.seeing.traits import TOWN
from peerhood.people.seeing.visibility import Level, levels_open_to

# A smaller number could tell who somebody is.
FEWEST_COUNTED = 5
SHOWN = 12
# So many people of the rarest answers are weighed against one another.
WEIGHED = 800
# A larger number is told as it was within the last minute: to count it anew for everybody would take too long.
KEPT_FROM = 1000
KEPT_PAIRS_FROM = 100
KEPT_SECONDS = 60
MOST_COUNTS = 4
# No sentence names more than this.
MOST_SHARED = 3


@dataclass(frozen=True)
class Alike:
    """Somebody who agreed to be seen, and what we share, the most telling first."""

    person: Person
    shared: Sequence[Said]


@dataclass(frozen=True)
class Peers:
    """What somebody hears about others like them: true counts, and people."""

    counts: Sequence[str]
    people: Sequence[tuple[Card, str]]


def peers_of(person: Person, pack: Pack, language: str) -> Peers:
    """Count and find others like this person; the same number of queries however many there are."""
    mine = list(Trait.objects.filter(person=person).values_list("key", "value"))
    numbers = {said: _told(person, said) for said in mine}
    told = [said for said in _in_order(mine, pack) if numbers[said]][:MOST_COUNTS]
    near_count = _near_count(person, told[0], numbers) if told else 0
    return Peers(
        [
            _counted(said, numbers[said], near_count if said == told[0] else 0, person.town, pack, language)
            for said in told
        ],
        [
            (card, sentence(found.shared, pack, language, person.town))
            for found in others_like(person, numbers)
            if (card := card_of(found.person, Level.MEMBERS, pack=pack, language=language))
        ],
    )


def first_count(person: Person, pack: Pack, language: str) -> str:
    """The first sentence of ``peers_of``, for a door to the rest; empty when nothing can be told."""
    mine = list(Trait.objects.filter(person=person).values_list("key", "value"))
    told = next((said for said in _in_order(mine, pack) if _told(person, said)), None)
    if told is None:
        return ""
    numbers = {said: _told(person, said) for said in mine if said == told or said[0] == TOWN}
    near_count = _near_count(person, told, numbers)
    return _counted(told, numbers[told], near_count, person.town, pack, language)


def like_among(
    person: Person, ids: Collection[int], pack: Pack, language: str, *, most: int
) -> list[tuple[Card, str]]:
    """Of these people, those who agreed to be seen and share most with this person, each with one sentence why."""
    mine = list(Trait.objects.filter(person=person).values_list("key", "value"))
    numbers = {said: _told(person, said) for said in mine}
    return [
        (card, sentence(found.shared, pack, language, person.town))
        for found in others_like(person, numbers, among=set(ids) - {person.pk})[:most]
        if (card := card_of(found.person, Level.MEMBERS, pack=pack, language=language))
    ]


def others_like(person: Person, numbers: Mapping[Said, int], *, among: set[int] | None = None) -> list[Alike]:
    """People who agreed to be seen by all members, those first who share what fewest share; of ``among``, if given."""
    rarest_first = sorted(
        (said for said, number in numbers.items() if number), key=lambda said: numbers[said]
    )
    if not rarest_first:
        return []
    weights = {said: 1 + round(16 * log2(1 + 100_000 / numbers[said])) for said in rarest_first}
    shown = levels_open_to(Level.MEMBERS)
    candidates = _candidates(person, rarest_first) if among is None else among
    candidates -= putting_away.never_suggested_to(person)
    order = asking_traits.heaviest(weights, SHOWN, among=candidates, levels=shown)
    people = Person.objects.filter(is_active=True).prefetch_related("affiliations__employer").in_bulk(order)
    shared: dict[int, list[Said]] = {pk: [] for pk in order}
    for pk, said in asking_traits.shared(rarest_first, among=order, levels=shown):
        shared[pk].append(said)
    return [Alike(people[pk], sorted(shared[pk], key=rarest_first.index)) for pk in order if pk in people]


def sentence(shared: Sequence[Said], pack: Pack, language: str, town: str) -> str:
    """Why somebody is shown, with the pack's words: "You both teach in a hospital and are in Falun.\""""
    words = [_phrase(said, pack, language, town) for said in shared[:MOST_SHARED]]
    *most, last = words
    listed = _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last
    return _("You both %(what)s.") % {"what": listed}


def _candidates(person: Person, rarest_first: Sequence[Said]) -> set[int]:
    """The newest people who give my rarest answers, as many as can be weighed quickly."""
    chosen: set[int] = set()
    for said in rarest_first:
        if len(chosen) >= WEIGHED:
            break
        most = WEIGHED - len(chosen)
        chosen.update(asking_traits.newest(said, most, but=person.pk, levels=levels_open_to(Level.MEMBERS)))
    return chosen


def _in_order(mine: Sequence[Said], pack: Pack) -> list[Said]:
    """Answers to the pack's questions, those first that a newcomer is asked first."""
    keys = sorted(pack.fields, key=lambda key: not pack.fields[key].asked_first)
    return sorted((said for said in mine if said[0] in keys), key=lambda said: keys.index(said[0]))


def _near_count(person: Person, said: Said, numbers: Mapping[Said, int]) -> int:
    """How many of those who give this answer live in the same town."""
    town = next((one for one in numbers if one[0] == TOWN), None)
    if town is None:
        return 0
    # From the rarer side there is less to look through.
    rarer, commoner = sorted([said, town], key=lambda one: numbers[one])
    return _told(person, rarer, commoner)


def _told(person: Person, *sayings: Said) -> int:
    """All others who give these answers, from five on; else those who agreed to be seen."""
    total = _total(*sayings) - 1
    if total < FEWEST_COUNTED:
        total = asking_traits.count(sayings, but=person.pk)
    if total >= FEWEST_COUNTED or not total:
        return total
    return asking_traits.count(sayings, but=person.pk, levels=levels_open_to(Level.MEMBERS))


def _total(*sayings: Said) -> int:
    """Everybody who gives these answers; counted once a minute when they are very many."""
    name = f"people-alike:{blake2b(repr(sayings).encode(), digest_size=12).hexdigest()}"
    total: int | None = cache.get(name)
    if total is None:
        total = asking_traits.count(sayings)
        if total >= (KEPT_FROM if len(sayings) == 1 else KEPT_PAIRS_FROM):
            cache.set(name, total, KEPT_SECONDS)
    return total


def _counted(said: Said, number: int, near_count: int, town: str, pack: Pack, language: str) -> str:
    facts = {
        "count": number,
        "what": _phrase(said, pack, language, ""),
        "near": near_count,
        "town": town,
    }
    if near_count:
        words = ngettext(
            "You and %(count)d other %(what)s, %(near)d of them in %(town)s.",
            "You and %(count)d others %(what)s, %(near)d of them in %(town)s.",
            number,
        )
    else:
        words = ngettext("You and %(count)d other %(what)s.", "You and %(count)d others %(what)s.", number)
    return words % facts


def _phrase(said: Said, pack: Pack, language: str, town: str) -> str:
    key, value = said
    return _("are in %(town)s") % {"town": town} if key == TOWN else pack.shared(key, value, language)
