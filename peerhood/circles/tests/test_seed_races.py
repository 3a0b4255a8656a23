"""Two at the same moment, with a seed between them. The rule has a twin without its defence, which breaks it."""

from threading import Barrier

import pytest
from django.utils.timezone import localdate

from peerhood.circles.models import Circle, Seed
from peerhood.circles.seeding import answering, ending, inviting, planting
from peerhood.circles.tests.seeds import WORDS, planted
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def test_two_last_yeses_at_once_open_one_circle(ada, ben, chi, dot):
    for number in range(1, ROUNDS + 1):
        seed, _token = planted(ada, threshold=3)
        answering.say_yes(seed, dot)
        at_once(
            lambda seed=seed: answering.say_yes(seed, ben), lambda seed=seed: answering.say_yes(seed, chi)
        )
        seed.refresh_from_db()
        assert Circle.objects.count() == number
        assert set(seed.circle.memberships.values_list("person", flat=True)) == {
            ada.pk,
            ben.pk,
            chi.pk,
            dot.pk,
        }
    assert Entry.objects.filter(name="seed.sprouted").count() == ROUNDS
    assert Mail.objects.filter(kind="circles/seed_sprouted").count() == 4 * ROUNDS


def test_a_yes_too_many_is_refused_and_nobody_is_left_between(ada, ben, chi, dot):
    """Three at once where two are wanted: whoever comes last is told, and is in no list."""
    seed, _token = planted(ada)
    answers = at_once(*[lambda person=person: answering.say_yes(seed, person) for person in (ben, chi, dot)])
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    seed.refresh_from_db()
    assert (seed.circle.memberships.count(), seed.answers.count()) == (3, 0)


def test_control_without_the_lock_both_would_open_it(ada, ben, chi):
    seed, _token = planted(ada)
    both_have_said_it, would_open = Barrier(2), []

    def say_yes_without_lock(person):
        growing = Seed.objects.get(pk=seed.pk).is_growing()
        seed.answers.create(person=person, person_key=str(person.pk), said="yes")
        both_have_said_it.wait()
        if growing and seed.answers.yes().count() >= seed.threshold:
            would_open.append(person)

    at_once(lambda: say_yes_without_lock(ben), lambda: say_yes_without_lock(chi))
    assert len(would_open) == 2


def test_a_last_yes_and_the_last_day_at_once_agree(ada, ben, chi):
    for _round in range(ROUNDS):
        seed, _token = planted(ada)
        answering.say_yes(seed, ben)
        Seed.objects.filter(pk=seed.pk).update(sprouts_by=localdate())
        at_once(lambda seed=seed: answering.say_yes(seed, chi), ending.end_what_is_due)
        seed.refresh_from_db()
        assert (seed.is_opened(), seed.circle is not None) in {(True, True), (False, False)}
        assert seed.answers.count() == 0
        told = Mail.objects.filter(person=ben, kind="circles/seed_sprouted", text__contains=str(seed.circle))
        assert told.exists() == seed.is_opened()
        Mail.objects.all().delete()


def test_one_address_given_twice_at_once_is_written_to_once(ada):
    seed, _token = planted(ada)
    at_once(*[lambda: inviting.invite(seed, ["x@example.org"], by=ada)] * 3)
    assert Mail.objects.filter(kind="circles/seed_invitation").count() == 1


def test_two_tabs_plant_one_seed_with_one_link(ada):
    seed = planting.draft(ada, **WORDS)
    tokens = at_once(*[lambda: planting.plant(seed, by=ada)] * 2)
    assert sorted(map(bool, tokens)) == [False, True]


def test_drafts_begun_at_once_are_counted(ada):
    drafts = at_once(*[lambda: planting.draft(ada, **WORDS)] * 7)
    assert sum(isinstance(draft, Seed) for draft in drafts) == planting.MOST_AT_ONCE == ada.seeds.count()
