"""The demo network as a whole: what every row of it must satisfy. One network is planted for all of these."""

from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from django.db.models import Count, F, Q
from django.utils.timezone import localdate, now

from peerhood import packs
from peerhood.circles.entering.agreeing import accepted_count, last_accepted
from peerhood.circles.models import Circle, Competition, Membership
from peerhood.demo.cast import CAST
from peerhood.gatherings import queries
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.mixing.models import Encounter, Seat
from peerhood.people.models import Affiliation, Person
from peerhood.people.seeing.cards import answers_to
from peerhood.search import indexing
from peerhood.search.models import Entry
from peerhood.stories.models import Story
from peerhood.themes.models import Adoption, Ballot, Theme
from peerhood.themes.results import result_of

pytestmark = pytest.mark.usefixtures("network")


def test_two_hundred_people_who_can_all_sign_in():
    assert Person.objects.count() == 200
    assert EmailAddress.objects.filter(primary=True, verified=True, email=F("user__email")).count() == 200
    assert not [person for person in Person.objects.all() if person.has_usable_password()]


def test_one_of_them_has_yet_to_be_welcomed():
    assert [person.email for person in Person.objects.filter(welcomed_at=None)] == [
        "edla.vinterglanta@example.org"
    ]


def test_all_addresses_are_at_places_that_cannot_exist():
    endings = {
        address.split("@")[1].rsplit(".", 1)[-1]
        for address in EmailAddress.objects.values_list("email", flat=True)
    }
    assert endings == {"org", "example"}
    assert (
        not EmailAddress.objects.filter(email__endswith=".org")
        .exclude(email__endswith="@example.org")
        .exists()
    )


def test_everybody_of_the_cast_is_there():
    assert [Person.objects.filter(email=email).count() for email, _sentence in CAST] == [1] * len(CAST)


def test_profiles_speak_the_words_of_the_pack():
    pack = packs.load("pmo")
    said = {
        (field, key)
        for person in Person.objects.all()
        for field in person.profile
        for key in answers_to(person, field)
    }
    assert [answer for answer in said if not pack.answer(*answer, "sv")] == []


def test_all_of_it_can_be_searched():
    assert sum(indexing.write_everything().values()) == 0
    assert set(Entry.objects.values_list("kind", flat=True)) == set(indexing.kinds())


def test_some_changed_employer_and_stayed_members():
    moved = Person.objects.annotate(jobs=Count("affiliations")).filter(jobs__gt=1)
    assert moved.count() > 15
    today = localdate()
    current = Affiliation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today))
    assert set(Counter(current.values_list("person", flat=True)).values()) == {1}


def test_no_office_has_more_people_here_than_it_has():
    alone = Person.objects.filter(profile__team_size="one").values_list("pk", flat=True)
    employers = Affiliation.objects.filter(person__in=alone, ended_on=None).values_list("employer", flat=True)
    assert set(Counter(employers).values()) == {1}


def test_members_agreed_when_they_joined_and_some_are_asked_again():
    assert not Circle.objects.filter(agreements=None).exists()
    norrkoping = Circle.objects.get(slug="mellan-norrkoping")
    first, second = norrkoping.agreements.all()
    inside = norrkoping.memberships.inside().count()
    assert accepted_count(first) == inside
    assert 0 < accepted_count(second) < inside
    inga = Person.objects.get(email="inga.hagelro@example.org")
    assert last_accepted(norrkoping, inga) == first


def test_whoever_applied_answered_every_question():
    for membership in Membership.objects.applied().select_related("circle"):
        application = membership.applications.waiting().get()
        assert application.route in membership.circle.routes()
        assert [question for question, answer in application.answers if answer] == membership.circle.questions


def test_the_forum_is_twelve_and_knows_its_competitors():
    forum = Circle.objects.get(slug="lantern-breakfast")
    assert forum.memberships.inside().count() == 12
    assert Competition.objects.filter(circle=forum).count() == 6


def test_each_chapter_has_its_organisers_and_greeters():
    for circle in Circle.objects.filter(parent__slug="pmo-mellan"):
        roles = Counter(circle.memberships.inside().values_list("role", flat=True))
        assert (roles[Membership.Role.ORGANISER], roles[Membership.Role.GREETER]) == (2, 2)
        assert circle.memberships.contacts().count() == 2


def test_chapters_visit_one_another_and_two_of_them_meet_together():
    guests = Rsvp.objects.checked_in().exclude(guest_of=None)
    between = set(guests.values_list("guest_of__town", "gathering__circle__town"))
    assert between == {("Stockholm", "Norrköping"), ("Örebro", "Stockholm"), ("Norrköping", "Örebro")}
    at_home = guests.filter(gathering__circle__memberships__person=F("person"))
    assert at_home.count() == 0
    stockholm = Gathering.objects.upcoming().get(circle__slug="mellan-stockholm")
    assert {circle.town for circle in stockholm.hosting_circles()} == {"Stockholm", "Örebro"}


def test_counters_say_what_the_rows_say():
    going = Count("rsvps", Q(rsvps__status=Rsvp.Status.GOING))
    waiting = Count("rsvps", Q(rsvps__status=Rsvp.Status.WAITLISTED))
    counted = Gathering.objects.annotate(going=going, waiting=waiting)
    assert counted.exclude(going_count=F("going"), waiting_count=F("waiting")).count() == 0
    themes = Theme.objects.annotate(supporters=Count("supports"))
    assert themes.exclude(support_count=F("supporters")).count() == 0


def test_capacity_is_never_exceeded():
    assert Gathering.objects.filter(going_count__gt=F("capacity")).count() == 0


def test_answers_are_given_while_a_gathering_takes_them():
    assert not Rsvp.objects.filter(answered_at__lt=F("gathering__published_at")).exists()
    assert not Rsvp.objects.filter(answered_at__gt=F("gathering__starts_at")).exists()
    assert not Rsvp.objects.filter(answered_at__gt=now()).exists()
    assert not Rsvp.objects.filter(answered_at__lt=F("person__joined_at")).exists()


def test_every_past_gathering_has_a_theme_an_agenda_hosts_and_encounters():
    past = Gathering.objects.past()
    assert past.count() == 8 * 3 + 18 + 14
    for relation in ("adoption", "agenda", "hosts", "encounters", "mixing_plan"):
        assert past.filter(**{relation: None}).count() == 0, relation
    assert set(past.values_list("state", flat=True)) == {Gathering.State.HELD}


def test_encounters_are_those_of_the_seats():
    assert not Encounter.objects.filter(one__gte=F("other")).exists()
    here = set(Rsvp.objects.checked_in().values_list("gathering", "person"))
    seated = Counter(Seat.objects.values_list("round__plan__gathering", "person"))
    assert set(seated) == here
    tables = Counter(Seat.objects.values_list("round", "table"))
    assert Encounter.objects.count() == sum(people * (people - 1) // 2 for people in tables.values())
    assert min(tables.values()) >= 3


def test_a_theme_is_scheduled_for_every_gathering_to_come():
    scheduled = Adoption.objects.current().filter(theme__state=Theme.State.SCHEDULED)
    assert set(scheduled.values_list("gathering", flat=True)) == set(
        Gathering.objects.filter(starts_at__gt=now()).values_list("pk", flat=True)
    )


def test_backlogs_are_worth_a_ballot():
    for circle in Circle.objects.exclude(slug="pmo-mellan"):
        assert 10 <= circle.themes.backlog().count() <= 15, circle


def test_themes_held_carry_the_day_of_their_last_gathering():
    for theme in Theme.objects.held():
        last = theme.adoptions.latest("gathering__starts_at").gathering
        assert theme.last_held_on == last.starts_at.astimezone(last.zone).date()


def test_ballots_were_won_by_whom_the_tally_names():
    ballots = Ballot.objects.select_related("gathering", "winner")
    assert ballots.count() == 3 * 5
    for ballot in ballots:
        result = result_of(ballot)
        assert result.winning.theme == ballot.winner
        assert result.outcome.by_longest_wait() == (ballot.decided == Ballot.Decided.LONGEST_WAIT)
        assert result.outcome.most_votes <= ballot.voter_count <= ballot.gathering.rsvps.checked_in().count()
        assert ballot.next_gathering.adoption.theme == ballot.winner
    assert ballots.filter(decided=Ballot.Decided.LONGEST_WAIT).count() >= 3


def test_the_norrkoping_afternoon_is_that_of_the_mock_up(network):
    afternoon = network.coming["mellan-norrkoping"]
    assert (afternoon.capacity, afternoon.going_count, queries.organisations_count(afternoon)) == (20, 14, 11)
    times = [begins.strftime("%H:%M") for _item, begins in queries.agenda_with_times(afternoon)]
    assert (times[0], afternoon.ends_at.astimezone(afternoon.zone).strftime("%H:%M")) == ("13:00", "17:00")
    assert network.people["nils.aspglanta@example.org"].pk in queries.first_timers(afternoon)


def test_stockholm_is_full_and_orebro_a_draft(network):
    stockholm, orebro = network.coming["mellan-stockholm"], network.coming["mellan-orebro"]
    assert (stockholm.is_full(), stockholm.waiting_count, orebro.state) == (True, 5, Gathering.State.DRAFT)


def test_nobody_waits_who_answered_before_somebody_with_a_seat(network):
    answered = (
        network.coming["mellan-stockholm"].rsvps.order_by("answered_at").values_list("status", flat=True)
    )
    held = [status for status in answered if status != Rsvp.Status.DECLINED]
    assert held == [Rsvp.Status.GOING] * 24 + [Rsvp.Status.WAITLISTED] * 5


def test_the_evening_is_near_and_has_first_timers(network):
    evening = network.coming["low-tide"]
    assert (evening.capacity, evening.going_count) == (40, 38)
    assert 0 < (evening.starts_at - now()).total_seconds() < 36 * 3600
    going = set(evening.rsvps.going().values_list("person", flat=True))
    assert len(queries.first_timers(evening) & going) == 6
    assert evening.rsvps.exclude(companion=None).count() == 2


def test_every_circle_that_meets_told_a_story():
    told = set(Story.objects.published().values_list("circle__slug", flat=True))
    assert told == set(Circle.objects.exclude(slug="pmo-mellan").values_list("slug", flat=True))


def test_nothing_happened_in_the_future():
    assert not Person.objects.filter(joined_at__gt=now()).exists()
    assert not Theme.objects.filter(proposed_at__gt=now()).exists()
    assert not Story.objects.filter(published_at__gt=now()).exists()
