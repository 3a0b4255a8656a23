"""Why somebody sits where they sit, in one sentence."""

import pytest
from django.utils.translation import override

from peerhood.circles.models import Competition
from peerhood.mixing import planning, reasons
from peerhood.mixing.engine import Reason
from peerhood.mixing.models import Encounter, Seat
from peerhood.mixing.reasons import Facts, sentence_of
from peerhood.people.models import Employer

ADA, BEN, CHI, DOT = 1, 2, 3, 4
NAMES = {ADA: "Ada", BEN: "Ben", CHI: "Chi", DOT: "Dot"}


def told(neighbours=(BEN, CHI, DOT), facts=None, **said) -> str:
    known = {*said.get("again", ()), *said.get("before", ())}
    reason = {"new": tuple(who for who in neighbours if who not in known), "again": (), "before": (), **said}
    return sentence_of(Reason(ADA, 1, 2, tuple(neighbours), **reason), facts or Facts(NAMES))


def test_it_says_how_many_are_new():
    assert told() == "With 3 people, all of them new."
    assert told([BEN]) == "With 1 person, somebody new."
    assert told(before=(BEN,)) == "With 3 people, 2 of them new: 1 known from an earlier gathering."
    assert told([BEN], before=(BEN,)) == "With 1 person: 1 known from an earlier gathering."
    assert told([]) == "Alone at the table."


def test_it_counts_and_does_not_name_who_met_whom():
    said = told(again=(BEN,), before=(CHI,))
    assert said == (
        "With 3 people, 1 of them new: with 1 for the second time today and 1 known from an earlier gathering."
    )


def test_it_names_the_greeter_and_who_came_along():
    assert told(greeters=(BEN,)) == "With 3 people, all of them new: Ben is there as a greeter."
    assert told(greeters=(BEN, CHI)).endswith("Ben and Chi are there as greeters.")
    assert told(first_timers=(BEN, CHI)).endswith("there to welcome 2 first-timers.")
    assert told(companions=(DOT,)).endswith("together with Dot, as they arrived.")
    assert told(is_pinned=True).endswith("the seat is pinned.")


def test_it_tells_who_joined_this_year_and_what_people_share():
    facts = Facts(
        NAMES,
        joined_this_year={BEN},
        answers={
            ADA: [("sector", "public"), ("team_size", "one")],
            BEN: [("sector", "public")],
            CHI: [("sector", "public"), ("team_size", "one")],
        },
        givers={("sector", "public"): 9, ("team_size", "one"): 2},
    )
    assert told(facts=facts) == (
        "With 3 people, all of them new: 1 joined this year and 1 also says “Just me (PMO of one)”."
    )
    with override("sv"):
        assert told(facts=facts) == (
            "Med 3 personer, alla nya: 1 gick med i år och 1 svarar också ”Bara jag (PMO på en)”."
        )


def test_it_tells_that_all_of_them_differ():
    sectors = {ADA: "public", BEN: "private", CHI: "third"}
    facts = Facts(NAMES, answers={who: [("sector", sector)] for who, sector in sectors.items()})
    assert told([BEN, CHI], facts).endswith("everybody with another answer to “Sector”.")
    # The control: one who said nothing is not said to differ.
    assert told([BEN, CHI, DOT], facts) == "With 3 people, all of them new."


def test_a_profile_the_host_may_not_open_is_not_used(plan, evening, ada, makers):
    guest = Seat.objects.exclude(person=ada).first().person
    for person in (ada, guest):
        person.profile = {"team_size": "one"}
        person.save()
    people = list(Seat.objects.filter(round__number=1).values_list("person", flat=True))
    assert set(reasons.facts_for(evening, people, ada).answers) == {ada.pk}
    makers.memberships.create(person=guest)
    assert reasons.facts_for(evening, people, ada).answers[guest.pk] == [("team_size", "one")]


def test_a_list_that_put_somebody_in_the_circle_says_nothing_of_when_they_joined(plan, evening, ada, makers):
    guest = Seat.objects.exclude(person=ada).first().person
    membership = makers.memberships.create(person=guest, joined_on=evening.starts_at.date())
    assert guest.pk in reasons.facts_for(evening, [guest.pk], ada).joined_this_year
    membership.invitations.create(by=ada, name="Guest")
    assert guest.pk not in reasons.facts_for(evening, [guest.pk], ada).joined_this_year


def test_all_seats_of_a_person_are_told_with_what_they_meet(plan, ada):
    told = reasons.seats_of(plan, ada.pk, ada)
    assert (told.name, len(told.seats)) == ("Ada Andersson", 3)
    assert told.met_count == len({name for seat in told.seats for name in seat.neighbours})
    assert told.new_count == told.met_count
    for seat in told.seats:
        assert seat.table == seat.round.seats.get(person=ada).table


def test_who_was_met_in_a_sister_chapter_is_counted_not_named(plan, evening, ada, makers, gathering):
    earlier = gathering(makers, starts_at=evening.starts_at - evening.length * 100)
    table = plan.rounds.first().seats.get(person=ada).table
    other = plan.rounds.first().seats.filter(table=table).exclude(person=ada).first().person
    one, two = sorted((ada, other), key=lambda person: person.pk)
    Encounter.objects.create(circle=makers, gathering=earlier, round_number=1, one=one, other=two)
    told = reasons.seats_of(plan, ada.pk, ada)
    assert "1 known from an earlier gathering" in told.seats[0].sentence
    assert other.name not in told.seats[0].sentence


def test_who_has_no_seat_has_no_reasons(plan, ada, dot):
    assert reasons.seats_of(plan, dot.pk, ada) is None


@pytest.mark.parametrize("term", ["competitors", "not_with", "meet_again"])
def test_figures_tell_nothing_of_what_is_nobodys_business(evening, ada, term):
    figures = planning.make_plan(evening, by=ada, rounds_count=2, table_size=4).figures
    assert term not in figures["terms"]


def test_the_cost_that_a_host_sees_leaves_competitors_out(evening, ada, makers):
    one, other = (Employer.objects.create(name=name) for name in ("Havsrud", "Lindvik"))
    Competition.objects.create(circle=makers, one=one, other=other)
    # Six and six at three tables of four: some rivals must share one.
    for number, rsvp in enumerate(evening.rsvps.going()):
        rsvp.person.affiliations.create(employer=(one, other)[number % 2])
    figures = planning.make_plan(evening, by=ada, rounds_count=1, table_size=4).figures
    # What is told: eight first-timers without a greeter, at 20 each. Not told: the rivals, at 50 a pair.
    assert figures["weight"] == 160 <= figures["cost"] / 1000 - 50
