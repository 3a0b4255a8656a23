"""What connections hold of a person, and what becomes of it."""

from django.utils.timezone import now

from peerhood.connections.cards import holding_out
from peerhood.connections.coffee import answering
from peerhood.connections.introductions import asking as introducing
from peerhood.connections.models import (
    Coffee,
    CoffeeHabit,
    CoffeeSeat,
    Connection,
    ContactCard,
    Dare,
    Introduction,
    LadderTick,
    LeftCard,
    NoCoffee,
    Note,
    TalkedAbout,
    ThankYou,
)
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, Says, delete, keep, rule


def end_what_was_never_mutual(rows: Rows) -> None:
    """A word that only one has said goes. Whoever keeps this person keeps a former member."""
    rows.all().filter(one_said_at=None).delete()
    rows.all().filter(other_said_at=None).delete()


def _with(connection: Connection, person: Person) -> str:
    return str(connection.the_other(person)) if _is_told(connection, person) else ""


def _is_told(connection: Connection, person: Person) -> bool:
    # What only the other has said is theirs to say.
    return connection.said_at(person) is not None


def _mutual(connection: Connection, person: Person) -> bool:
    return connection.is_mutual()


def _said_at(connection: Connection, person: Person) -> object:
    return connection.said_at(person)


KEPT = {"with": _with, "i_said_so_at": _said_at, "mutual": _mutual}
rule(Connection, "one", "connections", KEPT, erase=end_what_was_never_mutual)
rule(Connection, "other", "connections", KEPT, erase=end_what_was_never_mutual)
rule(
    Note,
    "owner",
    "my_notes",
    {"about": "about", "text": "text", "follow_up_on": "follow_up_on", "changed_at": "changed_at"},
    erase=delete,
)
rule(Note, "about", unsaid="It is its owner's private note.", erase=keep)
rule(
    TalkedAbout,
    "owner",
    "what_we_talked_about",
    {"with": "about", "at": "gathering.title", "words": "words"},
    erase=delete,
)
rule(TalkedAbout, "about", unsaid="It is its owner's private note.", erase=keep)


def put_away_cards(rows: Rows) -> None:
    """Whoever still has the address reads that the card is handed out no longer."""
    for card in rows.all():
        holding_out.end(card)


rule(
    ContactCard,
    "owner",
    "my_contact_cards",
    {"kind": "kind", "says": "shows", "address_made_at": "made_at"},
    erase=put_away_cards,
)
rule(
    LeftCard,
    "leaver",
    "cards_i_left",
    {"with": "owner", "says": "shows", "left_at": "left_at"},
    erase=delete,
)
rule(
    LeftCard,
    "owner",
    unsaid="It is the leaver's word; whoever would rather not is among them, and nothing may tell which.",
    erase=delete,
)


def call_off_what_is_to_come(rows: Rows) -> None:
    """What waits or was agreed is called off; what was had stays, with a former member and no words."""
    # Whoever goes is not named in the mail that says so.
    gone = Person(pk=rows.person.pk, name="", erased_at=now())
    for coffee in rows.all().select_related("asker", "asked"):
        setattr(coffee, rows.rule.field, gone)
        answering.end(coffee)
    rows.all().exclude(state=Coffee.State.AGREED).delete()
    if rows.rule.field == "asker":
        rows.all().update(words="", place="")


def give_up_seats(rows: Rows) -> None:
    """Out of rounds whose pairs are not made; of the others a former member stays, so that nobody meets again."""
    rows.all().filter(round__paired_at=None).delete()


def _true(_row: NoCoffee, _person: Person) -> bool:
    return True


def _coffee_with(coffee: Coffee, person: Person) -> str:
    return str(coffee.the_other(person))


def _i_met(coffee: Coffee, person: Person) -> bool | None:
    return coffee.met(person)


COFFEE: Says = {
    "with": _coffee_with,
    "asked_on": "made_at",
    "place": "place",
    "words": "words",
    "state": "state",
    "at": "chosen_at",
    "i_said_we_met": _i_met,
}
rule(Coffee, "asker", "coffees", COFFEE, erase=call_off_what_is_to_come)
rule(Coffee, "asked", "coffees", COFFEE, erase=call_off_what_is_to_come)
rule(NoCoffee, "person", "rather_no_coffee", {"said": _true}, erase=delete)
rule(
    CoffeeSeat,
    "person",
    "coffee_rounds",
    {"circle": "round.circle.name", "pairs_made": "round.pairs_at", "i_said_we_met": "met"},
    erase=give_up_seats,
)
rule(
    CoffeeHabit,
    "person",
    "coffee_habits",
    {"circle": "circle.name", "every_round": "every_round", "paused_until": "paused_until"},
    erase=delete,
)
rule(LadderTick, "person", "my_ladder", {"rung": "rung", "on": "ticked_on"}, erase=delete)
rule(
    Dare,
    "person",
    "my_dares",
    {"gathering": "gathering.title", "card": "card", "state": "state", "at": "drawn_at"},
    erase=delete,
)
rule(
    ThankYou,
    "sender",
    "thanks_i_wrote",
    {"to": "receiver", "text": "text", "at": "sent_at"},
    erase=delete,
)
rule(
    ThankYou,
    "receiver",
    "thanks_i_got",
    {"from": "sender", "text": "text", "at": "sent_at"},
    erase=delete,
)


def take_back_wishes(rows: Rows) -> None:
    """What is still to be sent of them is not sent."""
    for introduction in rows.all():
        sending.take_back(introducing.key_of(introduction))
    rows.all().delete()


def hold_back(rows: Rows) -> None:
    """What waits for an answer waits no more, and the asker reads what they read before; of the line nothing is left."""
    if rows.rule.field == "go_between":
        for introduction in rows.all().filter(state=Introduction.State.PASSED):
            introducing.settle(introduction, Introduction.State.HELD)
        rows.all().update(line="")
    else:
        for introduction in rows.all().exclude(state=Introduction.State.AGREED):
            state = Introduction.State.HELD if introduction.is_going_on() else introduction.state
            introducing.settle(introduction, state, target=None)


def _whom(introduction: Introduction, _person: Person) -> str:
    return introduction.wish or str(introduction.wanted or "")


def _became(introduction: Introduction, _person: Person) -> str:
    # No more than the page tells its asker.
    if introduction.is_agreed() or introduction.is_withdrawn():
        return str(introduction.state)
    return "passed on its way" if introduction.is_going_on() else "led nowhere"


def _if_in_hand(path: str):
    """What the one who was asked reads, unless it never reached them."""

    def cell(introduction: Introduction, _person: Person) -> str:
        is_kept_from = silence.pairs_among([introduction.asker_id, introduction.go_between_id])
        return "" if is_kept_from else str(getattr(introduction, path) or "")

    return cell


def _i_said(introduction: Introduction, _person: Person) -> str:
    said = {Introduction.State.AGREED: "yes", Introduction.State.DECLINED: "no"}
    return said.get(Introduction.State(introduction.state), "")


rule(
    Introduction,
    "asker",
    "introductions_i_asked_for",
    {
        "to": _whom,
        "through": "go_between",
        "reason": "reason",
        "asked_on": "made_at",
        "became": _became,
    },
    erase=take_back_wishes,
)
rule(
    Introduction,
    "go_between",
    "introductions_asked_of_me",
    {name: _if_in_hand(name) for name in ("asker", "wish", "reason", "line", "passed_to")},
    erase=hold_back,
)
rule(
    Introduction,
    "target",
    "introductions_to_me",
    {
        "asked_by": "asker",
        "through": "go_between",
        "reason": "reason",
        "line": "line",
        "i_said": _i_said,
    },
    erase=hold_back,
)
rule(Introduction, "wanted", unsaid="It is the asker's own wish.", erase=keep)
rule(Introduction, "passed_to", unsaid="It is the business of whoever passed it on.", erase=keep)
