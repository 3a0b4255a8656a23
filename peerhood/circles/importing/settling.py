"""Settle: one batch of rows becomes persons, memberships and invitations.

The circle may have changed since the preview, so every row is looked at again. An
address that belongs to somebody in the network adds that person, with their profile
untouched and unseen: the circle's lists show what the organiser's list says of them
until they say yes themselves. Whoever is new gets an account that waits for them; they
sign in with that address. A list read twice adds nobody twice: the database holds one
membership for each person in a circle, and one for each import key.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils.timezone import localdate, now

from peerhood import journal
from peerhood.circles.entering import inviting
from peerhood.circles.importing.days import read_day
from peerhood.circles.importing.preparing import known_to
from peerhood.circles.importing.preview import WRITES, Fate, fate_of
from peerhood.circles.importing.rows import Row
from peerhood.circles.models import Application, Circle, Invitation, Membership
from peerhood.people import searching
from peerhood.people.models import Affiliation, Employer, Person
from peerhood.search import indexing

State = Membership.State


@dataclass
class Found:
    """Whom the rows of a batch mean, whether or not the organiser may know it."""

    people: dict[str, Person]
    by_person: dict[int, Membership]
    by_key: dict[str, Membership]

    def membership_of(self, row: Row) -> Membership | None:
        person = self.people.get(row.email)
        return (person and self.by_person.get(person.pk)) or self.by_key.get(row.key or "")

    def remember(self, membership: Membership) -> None:
        self.by_person[membership.person_id] = membership
        if membership.import_key:
            self.by_key[membership.import_key] = membership


def settle(circle: Circle, rows: list[Row], *, by: Person, writing: bool = False) -> list[str]:
    """Write what the rows ask for; return the fate of each, as far as ``by`` may know it.

    The caller holds the circle's lock, so that nobody joins or leaves in between.
    """
    found = _find(circle, rows)
    known = known_to(by, circle, among=[one.pk for one in found.by_person.values()])
    fates: list[str] = []
    new: list[tuple[Row, Person | None]] = []
    hidden: list[tuple[Row, Membership]] = []
    for row in rows:
        standing = known.standing_of(row)
        one = fate_of(row, standing)
        fates.append(one.fate.value)
        membership = found.membership_of(row)
        if one.fate == Fate.UPDATE and standing:
            _change(Membership.objects.get(pk=standing.membership_id), one.facts, by)
        elif one.fate in WRITES and membership:
            hidden.append((row, membership))
        elif one.fate in WRITES:
            new.append((row, found.people.get(row.email)))
    asked = _add(circle, new, by) + _ask_too(hidden, by)
    if writing:
        for membership in asked:
            inviting.write(membership, by=by)
    return fates


def _find(circle: Circle, rows: list[Row]) -> Found:
    addresses = sorted({row.email for row in rows if row.email})
    people = {str(person.email).lower(): person for person in Person.objects.filter(email__in=addresses)}
    # Proven addresses win: what somebody confirmed is theirs, whatever an older list said.
    proven = EmailAddress.objects.filter(email__in=addresses, verified=True).select_related("user")
    people |= {address.email.lower(): address.user for address in proven}
    keys = [row.key for row in rows if row.key]
    found = Found(people, {}, {})
    for membership in circle.memberships.filter(Q(person__in=people.values()) | Q(import_key__in=keys)):
        found.remember(membership)
    return found


def _change(membership: Membership, changes: dict[str, str], by: Person) -> None:
    was_applied, before = membership.state == State.APPLIED, membership.role
    membership.role = changes.get("role", membership.role)
    membership.state = changes.get("state", membership.state)
    if day := changes.get("joined_on"):
        membership.joined_on = read_day(day)
    if membership.state != State.PAUSED:
        membership.paused_until = None
    membership.save(update_fields=["role", "state", "joined_on", "paused_until"])
    if was_applied and membership.is_inside():
        accepted = {"outcome": Application.Outcome.ACCEPTED, "answered_by": by, "answered_at": now()}
        membership.applications.waiting().update(**accepted)
        journal.record("membership.accepted", membership, by=by)
    if membership.role != before:
        journal.record("role.changed", membership, by=by, before=before, after=membership.role)


def _ask_too(hidden: list[tuple[Row, Membership]], by: Person) -> list[Membership]:
    """Somebody whom another organiser's list brought: this organiser's invitation stands beside it.

    A no that was said to the other one is respected, and shown to this one, too.
    """
    for row, membership in hidden:
        if membership.state == State.INVITED and row.state != "invited":
            membership.state, membership.role = row.state or State.ACTIVE, row.role or membership.role
            membership.save(update_fields=["state", "role"])
    Invitation.objects.bulk_create(
        [_invitation(row, membership, by) for row, membership in hidden], ignore_conflicts=True
    )
    return [membership for _row, membership in hidden if membership.state == State.INVITED]


def _add(circle: Circle, new: list[tuple[Row, Person | None]], by: Person) -> list[Membership]:
    """Make the memberships, and accounts for those who have none; return who is to be asked."""
    people = _accounts(circle, new)
    memberships: dict[int, tuple[Row, Membership]] = {}
    for (row, _person), person in zip(new, people, strict=True):
        # Two addresses on one list may be one person; the organiser is not told.
        memberships.setdefault(person.pk, (row, _membership(circle, row, person)))
    Membership.objects.bulk_create([membership for _row, membership in memberships.values()])
    Invitation.objects.bulk_create(
        [_invitation(row, membership, by) for row, membership in memberships.values()]
    )
    return [membership for _row, membership in memberships.values() if membership.state == State.INVITED]


def _membership(circle: Circle, row: Row, person: Person) -> Membership:
    return Membership(
        circle=circle,
        person=person,
        role=row.role or Membership.Role.MEMBER,
        state=row.state or State.ACTIVE,
        joined_on=read_day(row.joined_on) if row.joined_on else localdate(),
        import_key=row.key,
    )


def _invitation(row: Row, membership: Membership, by: Person) -> Invitation:
    said = {name: getattr(row, name) for name in ("name", "employer", "title", "town")}
    return Invitation(membership=membership, by=by, address=row.email, **said)


def _accounts(circle: Circle, new: list[tuple[Row, Person | None]]) -> list[Person]:
    """One person for each row: the one it means, or a new one, who finds the circle's language."""
    people = [person or _account(circle, row) for row, person in new]
    # In one order everywhere: two lists with the same addresses must not wait for each other.
    made = sorted((person for person in people if person.pk is None), key=lambda one: one.email or "")
    Person.objects.bulk_create(made)
    jobs = [
        (row, person)
        for (row, old), person in zip(new, people, strict=True)
        if old is None and row.employer and row.state != "invited"
    ]
    employers = _employers(row.employer for row, _person in jobs)
    Affiliation.objects.bulk_create(
        Affiliation(person=person, employer=employers[row.employer], title=row.title)
        for row, person in jobs
        if row.employer in employers
    )
    indexing.write(searching.KIND, [person.pk for person in made])
    return people


def _account(circle: Circle, row: Row) -> Person:
    person = Person(
        name=row.name, email=row.email or None, language=circle.language, time_zone=circle.time_zone
    )
    person.town = "" if row.state == "invited" else row.town
    person.set_unusable_password()
    return person


def _employers(names: Iterable[str]) -> dict[str, Employer]:
    """Find each employer, or write it down; capitals make no difference."""
    wanted = sorted(set(names))
    Employer.objects.bulk_create([Employer(name=name) for name in wanted], ignore_conflicts=True)
    found = {employer.name: employer for employer in Employer.objects.filter(name__in=wanted)}
    for name in wanted:
        if name not in found:
            # The database decides which capitals are the same, as its constraint does.
            same = Employer.objects.alias(low=Lower("name")).filter(low=Lower(Value(name))).first()
            found |= {name: same} if same else {}
    return found
