"""Asking "who else has this problem?": any member, one at a time in a circle, without a name.

It stands for a week. Members hear of it by mail and answer through the pot (``rooms.pot``): who said what reaches no
database, and only totals come out, once, if at least five have answered. No member and no organiser is told who asked;
the database knows it until the week is over, so that whoever asked can take it back.
"""

from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise, is_inside
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal
from peerhood.rooms.pot import hat, spool
from peerhood.stories.models.pulse import LASTS, Pulse, fewest


@transaction.atomic
def ask(circle: Circle, words: str, *, by: Person) -> Pulse:
    """Put it to everybody who is a member now."""
    presence.hold(by)
    # Of two who ask at once, the second reads that there is one.
    circle = Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    if not is_inside(by, circle):
        raise PermissionDenied
    if Pulse.objects.open().filter(circle=circle).exists():
        raise Refusal(_("This circle is being asked something already. Wait until its week is over."))
    newest = circle.memberships.aggregate(pk=Max("pk"))["pk"]
    pulse = Pulse(circle=circle, asked_by=by, ask=words, last_member_pk=newest)
    members = list(pulse.asks().select_related("person").order_by("pk"))
    if len(members) < fewest():
        raise Refusal(_("There are too few members to hide among. Ask it as a question instead."))
    pulse.asked_count = len(members)
    pulse.save()
    # Without who asked: organisers read the journal.
    journal.record("pulse.asked", circle)
    for member in members:
        key = f"stories/pulse/{pulse.pk}/{member.person_id}"
        sending.send(member.person, "stories/pulse", key=key, pulse=pulse)
    transaction.on_commit(partial(stand, pulse))
    return pulse


def stand(pulse: Pulse) -> None:
    """See that the pot is there to hand in to, also after a power cut has emptied the memory."""
    with override(pulse.circle.language):
        choices = [[key, str(words)] for key, words in Pulse.Answer.choices]
    about = {
        "ask": pulse.ask,
        "language": pulse.circle.language,
        "kind": "pulse",
        "choices": choices,
        "each": 1,
        # Whoever sweeps up after the rooms leaves it: a server that slept for a while must find it.
        "until": (pulse.closes_at + LASTS).timestamp(),
    }
    spool.lay_out(settings.POT_SPOOL, pulse.key, about, tickets=hat.new_tickets(pulse.asked_count))


@transaction.atomic
def take_back(pulse: Pulse, *, by: Person) -> None:
    """Remove it, with what has been answered: whoever asked while it stands, and organisers."""
    held = Pulse.objects.select_for_update(of=("self",)).select_related("circle")
    found = held.filter(pk=pulse.pk).first()
    if found is None:
        return
    if found.asked_by_id != by.pk and not can_organise(by, found.circle):
        raise PermissionDenied
    transaction.on_commit(partial(spool.forget, settings.POT_SPOOL, found.key))
    found.delete()
