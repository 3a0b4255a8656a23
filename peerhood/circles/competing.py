"""Competing: which employers compete, as a circle's organisers see it, and whose people that makes wary.

The conflict map names employers; who competes with whom follows from the jobs held today, and
changes by itself when somebody changes employer. Organisers see it before they invite; the tables
keep competitors apart unless both said that they may sit together. Nobody else sees the map.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Competition, Membership
from peerhood.circles.permissions import can_organise
from peerhood.people.affiliations import employer_named
from peerhood.people.models import Affiliation, Employer, Person
from peerhood.platform.refusals import Refusal


@dataclass(frozen=True)
class Conflict:
    """Two employers that compete, and who of the circle works for each today."""

    competition: Competition
    at_one: Sequence[Membership]
    at_other: Sequence[Membership]

    def is_live(self) -> bool:
        """Somebody of each side belongs to the circle."""
        return bool(self.at_one and self.at_other)


@transaction.atomic
def declare(circle: Circle, one_name: str, other_name: str, *, by: Person) -> Competition:
    """Say that two employers compete; said twice, or the other way round, it is the same."""
    _must_organise(circle, by)
    one, other = employer_named(one_name), employer_named(other_name)
    if one == other:
        raise Refusal(_("An employer does not compete with itself."))
    first, second = sorted((one, other), key=lambda employer: employer.pk)
    competition, is_new = Competition.objects.get_or_create(circle=circle, one=first, other=second)
    if is_new:
        journal.record("competition.declared", competition, by=by)
    return competition


@transaction.atomic
def withdraw(competition: Competition, *, by: Person) -> None:
    """Say that they do not compete, after all."""
    _must_organise(competition.circle, by)
    competition.delete()
    journal.record("competition.withdrawn", competition.circle, by=by)


@transaction.atomic
def consent(membership: Membership, may_share: bool, *, by: Person) -> None:
    """Say of oneself that one may share a table with a competitor, or no longer."""
    if membership.person_id != by.pk or not membership.is_inside():
        raise PermissionDenied
    membership.sits_with_competitors = may_share
    membership.save(update_fields=["sits_with_competitors"])
    journal.record(
        "competition.consented" if may_share else "competition.consent_withdrawn", membership, by=by
    )


def map_of(circle: Circle, *, by: Person) -> list[Conflict]:
    """The conflict map, those first between people who are both here; the same number of queries always."""
    _must_organise(circle, by)
    at = _by_employer(circle)
    conflicts = [
        Conflict(pair, at.get(pair.one_id, []), at.get(pair.other_id, []))
        for pair in circle.competitions.select_related("one", "other").order_by("one__name", "other__name")
    ]
    return sorted(conflicts, key=lambda conflict: not conflict.is_live())


def employers_of(circle: Circle) -> list[Employer]:
    """Where the circle's people work today, as far as they say so in their circles, by name."""
    return list(Employer.objects.filter(pk__in=_by_employer(circle)).order_by("name"))


def rivals_of(circle: Circle, person: Person, *, by: Person) -> list[Membership]:
    """Who of the circle competes with this person's employers, to be looked at before they come in."""
    jobs = _jobs_today().filter(person=person) if person.shows("job") else Affiliation.objects.none()
    theirs = set(jobs.values_list("employer", flat=True))
    return _rivals(circle, theirs, except_for=person.pk, by=by)


def rivals_at(circle: Circle, employer_name: str, *, by: Person) -> list[Membership]:
    """Who of the circle competes with an employer of that name, to be looked at before anybody is asked."""
    name = " ".join(employer_name.split()).casefold()
    same = {employer.pk for employer in _named_on_the_map(circle) if employer.name.casefold() == name}
    return _rivals(circle, same, except_for=None, by=by)


def _rivals(circle: Circle, employers: set[int], *, except_for: int | None, by: Person) -> list[Membership]:
    _must_organise(circle, by)
    rivals: set[int] = set()
    for pair in circle.competitions.filter(Q(one__in=employers) | Q(other__in=employers)):
        rivals.add(pair.other_id if pair.one_id in employers else pair.one_id)
    at = _by_employer(circle) if rivals else {}
    found = {membership.pk: membership for employer in rivals for membership in at.get(employer, [])}
    return sorted(
        (membership for membership in found.values() if membership.person_id != except_for),
        key=lambda membership: membership.person.name,
    )


def _named_on_the_map(circle: Circle) -> list[Employer]:
    pairs = circle.competitions.select_related("one", "other")
    return [employer for pair in pairs for employer in (pair.one, pair.other)]


def _by_employer(circle: Circle) -> dict[int, list[Membership]]:
    jobs = Prefetch("person__affiliations", _jobs_today(), to_attr="jobs_today")
    at: dict[int, list[Membership]] = {}
    for membership in (
        _inside(circle).select_related("person").prefetch_related(jobs).order_by("person__name")
    ):
        # Who keeps their job to themselves is not named here, either; tables keep them apart all the same.
        if membership.person.shows("job"):
            for employer in {job.employer_id for job in membership.person.jobs_today}:  # type: ignore[attr-defined]
                at.setdefault(employer, []).append(membership)
    return at


def _inside(circle: Circle) -> QuerySet[Membership]:
    # What an organiser's list says of somebody's employer is that list's word, not on the map (rule 7).
    return circle.memberships.by_their_own_yes()


def _jobs_today() -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=localdate()))


def _must_organise(circle: Circle, by: Person) -> None:
    if not can_organise(by, circle):
        raise PermissionDenied
