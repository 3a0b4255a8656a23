"""Whom he keeps, what is noted of whom, and who introduces whom."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.connections.models import Connection, Introduction, Note, TalkedAbout
from peerhood.people.models import Person
from tests.own_data.planted.cast import Cast


def plant(cast: Cast) -> None:
    _keep(cast)
    _note(cast)
    _be_introduced(cast)


def pairs_on_both_sides(cast: Cast) -> list[tuple[Person, Person]]:
    """Ben is the second of one pair, and the first of the other."""
    early = Person.objects.filter(pk__lt=cast.ben.pk).first()
    late = Person.objects.filter(pk__gt=cast.ben.pk).exclude(pk=cast.chi.pk).first()
    return [(early, cast.ben), (cast.ben, late)]


def _keep(cast: Cast) -> None:
    one, other = sorted((cast.chi, cast.ben), key=lambda each: each.pk)
    Connection.objects.create(
        one=one, other=other, one_said_at=now(), other_said_at=now(), met_at=cast.gathering
    )
    for one, other in pairs_on_both_sides(cast):
        # One of them is mutual in the world; here nobody has said a word.
        nobody = {"one_said_at": None, "other_said_at": None}
        Connection.objects.update_or_create(one=one, other=other, defaults=nobody)


def _note(cast: Cast) -> None:
    ada, ben = cast.ada, cast.ben
    Note.objects.create(owner=ben, about=ada, text="canarynote about Ada")
    TalkedAbout.objects.create(owner=ben, about=ada, gathering=cast.gathering, words="canaryline")
    TalkedAbout.objects.create(owner=ada, about=ben, gathering=cast.gathering, words="Soup.")
    Note.objects.create(owner=ada, about=ben, text="Ring again in spring.")


def _be_introduced(cast: Cast) -> None:
    """Ask, be asked, be named, and be reached."""
    ben, ada, chi = cast.ben, cast.ada, cast.chi
    going_on = {"ends_at": now() + timedelta(days=9), "reason": "Peas."}
    of_three = (
        {"asker": ben, "go_between": ada, "wish": "canarywish", "reason": "canaryreason"},
        {"asker": ada, "go_between": ben, "line": "canaryintro", "target": chi, "passed_to": chi, "state": "passed"},
        {"asker": ada, "go_between": chi, "wanted": ben, "target": ben, "passed_to": ben, "state": "passed"},
    )  # fmt: skip
    for three in of_three:
        Introduction.objects.create(**going_on | three)
