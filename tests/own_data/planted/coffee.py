"""He asks to coffee and is asked, takes part, climbs, dares, holds out his card, thanks and is thanked."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.connections.cards import holding_out
from peerhood.connections.models import (
    Coffee,
    CoffeeHabit,
    CoffeeRound,
    CoffeeSeat,
    Dare,
    LadderTick,
    LeftCard,
    NoCoffee,
    ThankYou,
)
from tests.own_data.planted.cast import Cast


def plant(cast: Cast) -> None:
    _ask(cast)
    _take_part(cast)
    _dare(cast)
    _thank(cast)


def _ask(cast: Cast) -> None:
    ben, ada, chi = cast.ben, cast.ada, cast.chi
    soon = {"time_zone": "Europe/Stockholm", "place": "canaryplace"}
    soon |= {name: now() + timedelta(days=2) for name in ("first_at", "second_at", "last_at")}
    Coffee.objects.create(asker=ben, asked=chi, words="canarycoffee", **soon)
    Coffee.objects.create(
        asker=chi,
        asked=ben,
        **(soon | {"place": "The mill"}),
        state="agreed",
        chosen_at=now() + timedelta(days=2),
    )
    Coffee.objects.create(
        asker=ben,
        asked=ada,
        words="canarycoffee",
        **{**soon, "state": "agreed"},
        chosen_at=now() - timedelta(days=9),
    )
    NoCoffee.objects.create(person=ben)


def _take_part(cast: Cast) -> None:
    """In a round to come, and in one that was."""
    CoffeeHabit.objects.create(circle=cast.circle, person=cast.ben, every_round=True)
    for days in (2, -9):
        at = now() + timedelta(days=days)
        round = CoffeeRound.objects.create(circle=cast.circle, pairs_at=at, ends_at=at + timedelta(days=6))
        CoffeeRound.objects.filter(pk=round.pk, pairs_at__lt=now()).update(paired_at=at)
        CoffeeSeat.objects.create(round=round, person=cast.ben, pair=1 if days < 0 else None)


def _dare(cast: Cast) -> None:
    LadderTick.objects.create(person=cast.ben, rung="question")
    holding_out.choose(cast.ben, "badge", ["email"])
    LeftCard.objects.create(owner=cast.chi, leaver=cast.ben, shows=["email"])
    LeftCard.objects.create(owner=cast.ben, leaver=cast.ada)
    Dare.objects.create(person=cast.ben, gathering=cast.gathering, card="say-hello")


def _thank(cast: Cast) -> None:
    ThankYou.objects.create(sender=cast.ben, receiver=cast.ada, text="canarythanks")
    ThankYou.objects.create(sender=cast.ada, receiver=cast.ben, text="canarythanks back")
