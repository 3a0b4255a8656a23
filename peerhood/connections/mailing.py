"""Mail me my list: my people, or those I keep from one gathering, in one mail to myself.

In it is what stands on the page: what they show, their main address as it is today, my note and what I noted that we
talked about. Where we met is named only where the gathering's level lets a copy of one's data name who was there: a
mail lies with providers, and is passed on with a tap.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections import queries, taking_along
from peerhood.connections.queries import Kept
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.notices import sending
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

KIND = "connections/my_list"
MOST_A_DAY = 3
# A second press within it is the same press.
ONE_PRESS = timedelta(seconds=30)


@dataclass(frozen=True)
class Entry:
    """One of them, in lines."""

    name: str
    lines: list[str]


@transaction.atomic
def mail_list(person: Person, gathering: Gathering | None = None) -> Mail:
    """Send it, to one's own main address."""
    _hold(person)
    if not person.email:
        raise Refusal(_("There is no e-mail address of yours here to write to."))
    sent = Mail.objects.filter(person=person, kind=KIND)
    key = f"connections/my_list/{person.pk}/{gathering.pk if gathering else 'all'}/"
    pressed = sent.filter(key__startswith=key, created_at__gt=now() - ONE_PRESS).first()
    if pressed:
        return pressed
    if sent.filter(created_at__gt=now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refusal(_("Three lists were mailed to you within a day. Ask for the next one tomorrow."))
    kept = _kept(person, gathering)
    if not kept:
        raise Refusal(_("There is nobody on this list yet."))
    may_say_where = gathering is not None and gathering.allows(Surface.EXPORT_NAMES)
    with translation.override(person.language):
        entries = [_entry(each) for each in kept]
    mail = sending.send(
        person,
        KIND,
        key=f"{key}{now().timestamp()}",
        entries=entries,
        gathering=gathering if may_say_where else None,
    )
    if mail is None:
        raise Refusal(_("This mail could not be written."))
    return mail


def _hold(person: Person) -> None:
    """Two presses at once are one after the other."""
    presence.hold(person)
    list(Person.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk"))


def _kept(person: Person, gathering: Gathering | None) -> list[Kept]:
    kept = [each for each in queries.my_people(person) if each.person.erased_at is None]
    if gathering is None:
        return kept
    return [each for each in kept if gathering in [meeting.gathering for meeting in each.meetings]]


def _entry(kept: Kept) -> Entry:
    about = _("Happy to be called about: %(about)s") % {"about": kept.ask_about} if kept.ask_about else ""
    note = _("Your note: %(note)s") % {"note": kept.my_note} if kept.my_note else ""
    said = (kept.person.work_in_circles, kept.person.email or "", about, taking_along.where(kept), note)
    return Entry(str(kept.person), [line for each in said for line in each.splitlines() if line.strip()])
