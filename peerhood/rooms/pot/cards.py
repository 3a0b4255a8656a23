"""Paper cards: printed codes, drawn face down, for whoever trusts paper more than a phone.

A host prints a sheet; only the hashes of its codes stay here, and the paper is the only place
where the codes are. Somebody draws a card unseen, writes, and either types the code on a page
that knows nobody (``door``) or lays the card on a pile, which the facilitator types in.
A card is good for one note or one vote, and spent when that is poured out.
"""

from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import turns
from peerhood.rooms.models import Card, Pot, Room
from peerhood.rooms.pot import card_codes, envelope, hat, spool

MOST = 240


def suggested(people_count: int) -> int:
    """A card each and some to spare, so that the last who draws still has a choice.

    >>> suggested(0), suggested(10), suggested(35), suggested(4000)
    (8, 13, 46, 240)
    """
    return min(MOST, max(8, -(-people_count * 13 // 10)))


@transaction.atomic
def make_sheet(room: Room, count: int, *, by: Person, again: bool = False) -> list[str]:
    """New codes, as they are printed. A sheet there was is worth nothing from here on; ``again`` says that we know."""
    room = turns.take(room, by=by, version=None)
    if room.cards.exists() and not again:
        raise Refusal(
            _("There is a sheet already. Another one makes its cards worthless: say that you mean it.")
        )
    codes = [card_codes.new() for _number in range(max(1, min(count, MOST)))]
    room.cards.all().delete()
    hashes = sorted(card_codes.hashed(card_codes.token_of(code)) for code in codes)
    Card.objects.bulk_create(Card(room=room, code_hash=code_hash) for code_hash in hashes)
    if pot := room.pots.filter(state__in=Pot.LIVE).first():
        transaction.on_commit(partial(spool.know_cards, settings.POT_SPOOL, pot.key, hashes))
    return codes


def unspent(room: Room) -> list[str]:
    """The hashes of the cards that are good for something yet."""
    return list(room.cards.filter(is_spent=False).values_list("code_hash", flat=True))


def type_in(room: Room, code: str, text: str, *, by: Person) -> None:
    """Put in what somebody wrote on a card, from the pile on the desk. Nothing that others see changes."""
    if not can_facilitate(by, room.gathering):
        raise PermissionDenied
    pot = room.pots.filter(state=Pot.State.OPEN).first()
    token = card_codes.token_of(code)
    if pot is None:
        raise Refusal(_("No pot is open right now."))
    if not token:
        raise Refusal(_("A card has twelve letters and digits. Look at it once more."))
    if not text.strip():
        raise Refusal(_("The card has nothing on it. Then there is nothing to put in."))
    try:
        hat.take_in(settings.POT_SPOOL, pot.key, envelope.checked(token, text))
    except tuple(WHY_NOT) as error:
        raise Refusal(WHY_NOT[type(error)]()) from error


WHY_NOT = {
    envelope.TooLong: lambda: _("That is too long for the pot. Shorten it a little."),
    envelope.NotAnEnvelope: lambda: _("That cannot be put in. Look at the card once more."),
    spool.NoTicket: lambda: _("This card is not of the sheet that was printed last, is spent, or everybody who was here has voted."),
    spool.Spent: lambda: _("This card has been put in before. What was put in first stays."),
    spool.NoPot: lambda: _("No pot is open right now."),
    spool.Closed: lambda: _("The pot has closed."),
    spool.Full: lambda: _("The pot is full."),
}  # fmt: skip


def spend(pot: Pot, notes: list[spool.Note]) -> None:
    """Mark the cards that came out of the pot, for the act that pours it."""
    known = unspent(pot.room)
    if pot.is_vote():
        used = {card for card in known if hat.has_drawn(settings.POT_SPOOL, pot.key, hat.card_voter(card))}
    else:
        used = {note.nullifier for note in notes}.intersection(known)
    if used:
        pot.room.cards.filter(code_hash__in=used).update(is_spent=True)
