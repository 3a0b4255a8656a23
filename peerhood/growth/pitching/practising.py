"""Practising a pitch: write it for oneself, ask up to five peers for a card, and read what they wrote.

Only those who are asked read it. A card is read by the pitch's owner and by whoever wrote it. Who is asked may leave
it, or put it away; the owner reads no difference. Whoever has turned these mails off cannot be asked, and whoever
would rather not is absent in the same way. Nothing of it is in the journal.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.growth.models.pitch import MOST_ASKED, Pitch, PitchCard
from peerhood.notices import sending
from peerhood.notices.choices import Group
from peerhood.notices.models import Unwanted
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.people.models.person import PersonQuerySet
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal


def may_be_asked_by(person: Person) -> PersonQuerySet:
    """Members of a circle with this person."""
    near = Person.objects.filter(is_active=True).filter(
        pk__in=Person.objects.sharing_a_circle_with(person).values("pk")
    )
    unwanted = Unwanted.objects.filter(group=Group.PITCHES).values("person")
    apart = silence.apart_from(person.pk)
    return near.exclude(pk=person.pk).exclude(pk__in=unwanted).exclude(pk__in=apart)


@transaction.atomic
def keep(pitch: Pitch, *, by: Person, title: str, text: str) -> Pitch:
    """A new one, or other words. How it read before is not kept."""
    presence.hold(by)
    if pitch.person_id != by.pk:
        raise PermissionDenied
    pitch.title, pitch.text, pitch.changed_at = title.strip(), text.strip(), now()
    pitch.save()
    return pitch


@transaction.atomic
def remove(pitch: Pitch, *, by: Person) -> None:
    """For good, with its cards."""
    if pitch.person_id != by.pk:
        raise PermissionDenied
    presence.hold(by)
    pitch.delete()


@transaction.atomic
def ask(pitch: Pitch, peer: Person, *, by: Person) -> PitchCard:
    """Ask a peer for a card; they get a mail without a word of the pitch. Twice is once."""
    found = _held(pitch, by)
    if before := found.cards.filter(peer=peer).first():
        return before
    if not may_be_asked_by(by).filter(pk=peer.pk).exists():
        raise PermissionDenied
    if found.cards.count() >= MOST_ASKED:
        raise Refusal(_("You have asked five. Take one back to ask somebody else."))
    # Also when it was put away: nobody is asked again and again.
    if PitchCard.objects.filter(pitch__person=by, peer=peer, written_at=None).exists():
        raise Refusal(_("You have asked them about another pitch. Leave it with them for a while."))
    card = PitchCard.objects.create(pitch=found, peer=peer)
    sending.send(
        peer,
        "growth/pitch_asked",
        # Taken back and asked again, it is told once.
        key=f"growth/pitch_asked/{found.pk}/{peer.pk}",
        other=by,
        card=card,
    )
    return card


@transaction.atomic
def take_back(card: PitchCard, *, by: Person) -> None:
    """Ask no more, as long as nothing is written."""
    found = _held(card.pitch, by)
    if not found.cards.filter(pk=card.pk, written_at=None).delete()[0]:
        raise Refusal(_("They have written their card already."))
    sending.take_back(f"growth/pitch_asked/{found.pk}/{card.peer_id}")


@transaction.atomic
def write(card: PitchCard, *, by: Person, heard: str, stayed: str, to_try: str) -> PitchCard:
    """Write the card, or other words on it; its owner gets one mail, without a word of it."""
    found = _of_peer(card, by)
    found.heard, found.stayed, found.to_try = heard.strip(), stayed.strip(), to_try.strip()
    found.written_at, found.put_away_at = now(), None
    found.save()
    sending.send(
        found.pitch.person,
        "growth/pitch_card",
        key=f"growth/pitch_card/{found.pk}",
        other=by,
        pitch=found.pitch,
    )
    return found


@transaction.atomic
def put_away(card: PitchCard, *, by: Person) -> None:
    """Rather not, quietly."""
    found = _of_peer(card, by)
    if found.written_at is None:
        found.put_away_at = now()
        found.save(update_fields=["put_away_at"])


def _held(pitch: Pitch, by: Person) -> Pitch:
    found = Pitch.objects.select_for_update().filter(pk=pitch.pk, person=by).first()
    if found is None:
        raise PermissionDenied
    presence.hold(by)
    return found


def _of_peer(card: PitchCard, by: Person) -> PitchCard:
    cards = PitchCard.objects.visible_to(by).filter(peer=by).select_for_update(of=("self",))
    found = cards.select_related("pitch__person", "peer").filter(pk=card.pk).first()
    if found is None:
        raise PermissionDenied
    presence.hold(by)
    return found
