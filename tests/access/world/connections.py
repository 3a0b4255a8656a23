"""Who keeps whom: two who met, a coffee, a round of coffees, a card that was left, and an introduction."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.connections.cards import holding_out, leaving
from peerhood.connections.models import (
    Coffee,
    CoffeeCadence,
    CoffeeRound,
    CoffeeSeat,
    Connection,
    Introduction,
    LeftCard,
    ThankYou,
)
from peerhood.mixing.models import Encounter
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene

OF_A_COFFEE = ("coffee", "coffee_accept", "coffee_decline", "coffee_call_off", "coffee_met")
OF_A_COFFEE_ROUND = (
    *("coffee_rounds", "coffee_habit", "coffee_cadence", "coffee_stop"),
    *("coffee_join", "coffee_skip"),
)
OF_AN_INTRODUCTION = [
    f"introduction{name}" for name in ("", "_pass_on", "_leave", "_accept", "_decline", "_withdraw")
]
OF_A_CARD = [f"connections:card_{name}" for name in ("shown", "file", "leave", "take_back")]


def plant(scene: Scene) -> Kwargs:
    organiser, member = scene.organiser, scene.member
    one, other = sorted((organiser, member), key=lambda person: person.pk)
    Encounter.objects.create(
        circle=scene.circle, gathering=scene.gathering, round_number=9, one=one, other=other
    )
    thanks = ThankYou.objects.create(sender=organiser, receiver=member, text="Thanks.")
    return {
        "connections": {**scene.of_gathering, "person_pk": other.pk, "kind": "phone"},
        **{f"connections:{name}": {"pk": organiser.pk} for name in ("person", "end", "coffee_ask")},
        **_coffee(scene),
        **_coffee_rounds(scene),
        **_card(scene),
        **_introduction(scene),
        "connections:ladder_tick": {"rung": "question"},
        "connections:thanks_write": {"pk": organiser.pk},
        "connections:thanks_remove": {"pk": thanks.pk},
    }


def _coffee(scene: Scene) -> Kwargs:
    """The organiser asks the member."""
    organiser, member = scene.organiser, scene.member
    at = now() + timedelta(days=2)
    # They may be in a second world, too, and one invitation is open for a pair.
    is_second = Coffee.objects.between(organiser, member).open().exists()
    coffee = Coffee.objects.create(
        asker=organiser,
        asked=member,
        first_at=at,
        second_at=at + timedelta(days=1),
        last_at=at + timedelta(days=1),
        time_zone="Europe/Stockholm",
        place="The mill",
        state=Coffee.State.AGREED if is_second else Coffee.State.OPEN,
        chosen_at=at if is_second else None,
    )
    return {f"connections:{name}": {"pk": coffee.pk} for name in OF_A_COFFEE}


def _coffee_rounds(scene: Scene) -> Kwargs:
    """One is open, and one was held."""
    circle, at = scene.circle, now() + timedelta(days=2)
    CoffeeCadence.objects.create(circle=circle, next_on=(now() + timedelta(days=9)).date())
    is_open = CoffeeRound.objects.create(circle=circle, pairs_at=at, ends_at=at + timedelta(days=6))
    held = CoffeeRound.objects.create(
        circle=circle, pairs_at=now() - timedelta(days=7), ends_at=now(), paired_at=now() - timedelta(days=7)
    )
    cup = CoffeeSeat.objects.create(round=held, person=scene.member, pair=1)
    CoffeeSeat.objects.create(round=held, person=scene.host, pair=1)
    return {
        **{f"connections:{name}": {**scene.of_circle, "pk": is_open.pk} for name in OF_A_COFFEE_ROUND},
        "connections:coffee_round_met": {**scene.of_circle, "pk": cup.pk},
    }


def _card(scene: Scene) -> Kwargs:
    """The organiser holds one out, and the host left theirs."""
    card = holding_out.choose(scene.organiser, "phone", ["email"])
    leaving.leave(card, scene.host, ["email"])
    left = LeftCard.objects.get(owner=scene.organiser, leaver=scene.host)
    return {
        **{route: {"token": holding_out.token_of(card)} for route in OF_A_CARD},
        "connections:left_card_keep": {"pk": left.pk},
        "connections:left_card_decline": {"pk": left.pk},
    }


def _introduction(scene: Scene) -> Kwargs:
    """The member asks the organiser, whom they keep, to introduce them to the host; and it was passed on."""
    organiser, member, host = scene.organiser, scene.member, scene.host
    one, other = sorted((organiser, member), key=lambda person: person.pk)
    said = {"one_said_at": now(), "other_said_at": now()}
    Connection.objects.get_or_create(one=one, other=other, defaults=said)
    introduction = Introduction.objects.create(
        asker=member,
        go_between=organiser,
        wanted=host,
        passed_to=host,
        target=host,
        reason="Peas.",
        state=Introduction.State.PASSED,
        ends_at=now() + timedelta(days=9),
    )
    return {
        **{f"connections:{name}": {"pk": introduction.pk} for name in OF_AN_INTRODUCTION},
        "connections:introduction_ask": {"pk": host.pk},
    }
