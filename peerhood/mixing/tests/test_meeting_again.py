"""Two who decided to keep in touch meet a second time, where it costs next to nothing."""

from datetime import timedelta
from itertools import combinations
from types import SimpleNamespace

import pytest

from peerhood import journal
from peerhood.journal.models import Entry
from peerhood.mixing import listeners, planning, remembering, tasks
from peerhood.mixing.engine import Prices
from peerhood.mixing.framing import REWARDS, problem_of
from peerhood.mixing.models import Encounter, Plan, Tie


@pytest.fixture
def before(makers, evening, gathering):
    """A gathering of the same circle, four weeks before."""
    return gathering(makers, title="Before", starts_at=evening.starts_at - timedelta(days=28))


@pytest.fixture
def pair(evening, before, makers):
    """Two who sat together there, keep each other since, and so cost 600 together."""
    one, other = [rsvp.person for rsvp in evening.rsvps.order_by("person")[3:5]]
    Encounter.objects.create(circle=makers, gathering=before, round_number=1, one=one, other=other)
    Tie.objects.create(one=one, other=other, made_at=before.starts_at + timedelta(days=1))
    return one, other


def rewards(evening, meet_again=Plan.MeetAgain.FEW) -> dict:
    people = list(evening.rsvps.values_list("person", flat=True))
    plan = Plan(gathering=evening, meet_again=meet_again)
    return problem_of(plan, [people], [[4, 4, 4]]).wishes.meet_again


def wished(evening, meet_again=Plan.MeetAgain.FEW) -> set:
    return set(rewards(evening, meet_again))


def sit_together(plan, pair) -> bool:
    keys = [person.pk for person in pair]
    return any(
        round.seats.filter(person=keys[0], table=round.seats.get(person=keys[1]).table).exists()
        for round in plan.rounds.all()
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_they_sit_together_once_unless_it_is_off(evening, ada, pair, seed):
    asked = {"by": ada, "rounds_count": 2, "table_size": 4, "seed": seed}
    assert sit_together(planning.make_plan(evening, **asked, meet_again="few"), pair) is True
    assert sit_together(planning.make_plan(evening, **asked, meet_again="off"), pair) is False


def test_it_is_a_few_by_default(evening, ada):
    assert planning.make_plan(evening, by=ada, rounds_count=1, table_size=4).meet_again == "few"


def test_a_few_cost_less_than_a_repeat():
    assert Prices().repeat > REWARDS[Plan.MeetAgain.FEW] * 4 // 3
    assert REWARDS[Plan.MeetAgain.FEW] > 600
    assert REWARDS[Plan.MeetAgain.MORE] > Prices().repeat
    assert Plan.MeetAgain.OFF not in REWARDS


def test_who_has_met_since_needs_no_help(evening, pair, makers, gathering):
    assert wished(evening) == {frozenset(person.pk for person in pair)}
    since = gathering(makers, starts_at=evening.starts_at - timedelta(days=14))
    Encounter.objects.create(circle=makers, gathering=since, round_number=1, one=pair[0], other=pair[1])
    assert wished(evening) == set()


def test_a_tie_of_last_year_is_young_no_more(evening, pair):
    Tie.objects.update(made_at=evening.starts_at - timedelta(days=366))
    assert wished(evening) == set()


def test_a_few_are_one_each_and_first_for_who_has_met_the_fewest(evening, before, pair, makers):
    one, other = pair
    third, fourth = [rsvp.person for rsvp in evening.rsvps.order_by("person")[5:7]]
    Tie.objects.create(one=one, other=third, made_at=before.starts_at + timedelta(days=1))
    Encounter.objects.create(circle=makers, gathering=before, round_number=2, one=other, other=fourth)
    # Both ties are of the one; the third has met nobody at all, the other two people.
    assert wished(evening) == {frozenset((one.pk, third.pk))}
    assert len(wished(evening, Plan.MeetAgain.MORE)) == 2


def test_it_is_worth_more_to_whoever_has_met_hardly_anybody(evening, before, pair, makers):
    assert list(rewards(evening).values()) == [933]
    others = [rsvp.person for rsvp in evening.rsvps.order_by("person")[5:9]]
    for one in pair:
        for other in others:
            Encounter.objects.create(circle=makers, gathering=before, round_number=2, one=one, other=other)
    assert list(rewards(evening).values()) == [700]


def test_off_asks_for_nobody(evening, pair):
    assert wished(evening, Plan.MeetAgain.OFF) == set()


def test_it_is_learned_from_the_journal_and_forgotten_with_the_connection(ada, ben):
    connection = SimpleNamespace(one_id=ada.pk, other_id=ben.pk)
    listeners.remember_tie(connection)
    listeners.remember_tie(connection)
    assert list(Tie.objects.values_list("one", "other")) == [(ada.pk, ben.pk)]
    listeners.forget_tie(connection)
    assert Tie.objects.count() == 0


def test_it_goes_with_the_person_and_after_a_year(ada, ben, chi):
    for one, other in combinations(sorted([ada, ben, chi], key=lambda person: person.pk), 2):
        remembering.remember(one.pk, other.pk)
    ben.delete()
    assert [str(tie) for tie in Tie.objects.all()] == ["A tie"]
    tasks.forget_old_ties.call_local()
    assert Tie.objects.count() == 1
    Tie.objects.update(made_at=Tie.objects.get().made_at - timedelta(days=366))
    tasks.forget_old_ties.call_local()
    assert Tie.objects.count() == 0


def test_no_page_and_no_entry_says_that_they_keep_each_other(client, evening, ada, pair):
    plan = planning.make_plan(evening, by=ada, rounds_count=2, table_size=4, seed=1)
    client.force_login(ada)
    with_tie = _pages(client, evening, pair)
    entries = list(Entry.objects.values_list("name", "facts"))
    Tie.objects.all().delete()
    assert _pages(client, evening, pair) == with_tie
    assert entries == [("plan.made", {})]
    assert sit_together(plan, pair)


def _pages(client, evening, pair) -> list[str]:
    url = f"/gatherings/{evening.pk}/tables/"
    client.cookies["csrftoken"] = "x" * 32
    pages = [client.get(url).text, *(client.get(f"{url}people/{person.pk}/").text for person in pair)]
    return [page.partition("<main")[2].replace(_token(page), "") for page in pages]


def _token(page: str) -> str:
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0] or "-"


def test_control_the_journal_is_listened_to():
    heard = {name for name, known in journal._listeners.items() if listeners.remember_tie in dict(known)}
    assert heard == {"connection.made"}
