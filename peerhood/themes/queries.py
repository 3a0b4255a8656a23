"""Reads that pages and rooms ask for."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person
from peerhood.themes.models import Adoption, Ballot, Choice, Support, Theme, Vote
from peerhood.themes.titles import normalised


def counts_of(circle: Circle) -> dict[str, int]:
    """How many themes are proposed, scheduled and held: the tabs' numbers."""
    states = (Theme.State.PROPOSED, Theme.State.SCHEDULED, Theme.State.HELD)
    return circle.themes.aggregate(**{state.value: Count("pk", Q(state=state)) for state in states})


def listed(themes: QuerySet[Theme], person: Person) -> QuerySet[Theme]:
    """Add what a row shows of each theme.

    ``is_mine_too``: the person supports it. ``times_held``: adoptions whose gathering took place,
    latest first. ``on_agenda``: the adoption that scheduled it, if the person may see the gathering.
    """
    supported = Support.objects.filter(theme=OuterRef("pk"), person_id=person.pk)
    seen = Adoption.objects.current().filter(gathering__in=Gathering.objects.visible_to(person))
    return themes.annotate(is_mine_too=Exists(supported)).prefetch_related(
        Prefetch("adoptions", Adoption.objects.held().select_related("gathering"), to_attr="times_held"),
        Prefetch("adoptions", seen.select_related("gathering"), to_attr="on_agenda"),
    )


def latest_ballots(circle: Circle) -> QuerySet[Ballot]:
    """The circle's last three closed ballots that have a winner."""
    closed = Ballot.objects.filter(gathering__circle=circle, closed_at__isnull=False, winner__isnull=False)
    return closed.select_related("gathering__circle", "winner").order_by("-closed_at")[:3]


def search(themes: QuerySet[Theme], words: str) -> QuerySet[Theme]:
    """Keep the themes that hold every word, in any order.

    In Python, because SQLite folds only the case of A to Z; a circle has some hundred themes at most.
    """
    wanted = normalised(words).split()
    texts = {
        pk: normalised(f"{title} {question}")
        for pk, title, question in themes.values_list("pk", "title", "question")
    }
    return themes.filter(pk__in=[pk for pk, text in texts.items() if all(word in text for word in wanted)])


def choices_of(ballot: Ballot) -> list[Choice]:
    """The themes to vote on, in the order of the ballot."""
    return list(ballot.choices.select_related("theme__circle"))


def chosen_ids(ballot: Ballot, voter_key: str) -> set[int]:
    """What the voter approved so far; empty before the first vote."""
    mine = Vote.objects.filter(ballot=ballot, voter_key=voter_key, approved__isnull=False)
    return set(mine.values_list("approved", flat=True))
