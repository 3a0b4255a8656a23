"""Chapters: whoever belongs to one visits the others as a guest, and both sides count it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.circles.entering import joining
from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import door, planning, queries, rsvp
from peerhood.gatherings.coming import visiting
from peerhood.gatherings.coming.visiting import Visits, visits_of
from peerhood.gatherings.models import Gathering, Rsvp

pytestmark = pytest.mark.django_db(transaction=True)  # the journal speaks after the commit


@pytest.fixture
def chapter(makers, person):
    """Make a chapter of Makers, with one member: ``chapter("Lund", "Lo Lind")``."""

    def make(name, *members, kind=Circle.Kind.BY_APPLICATION, **fields):
        made = Circle.objects.create(
            parent=makers,
            name=name,
            slug=name.lower(),
            kind=kind,
            purpose="Sisters.",
            language="sv",
            time_zone="Europe/Stockholm",
            **fields,
        )
        for member in members:
            made.memberships.create(person=member)
        return made

    return make


@pytest.fixture
def lund(chapter, dot):
    return chapter("Lund", dot, town="Lund")


@pytest.fixture
def been(gathering):
    """A gathering that took place this year, with these guests seated: ``been(makers, {dot: lund})``."""

    def make(circle, guests, *, checked_in=(), days=2):
        starts_at = now() - timedelta(days=days)
        held = gathering(circle, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
        for person, home in guests.items():
            held.rsvps.create(
                person=person,
                status=Rsvp.Status.GOING,
                guest_of=home,
                checked_in_at=starts_at if person in checked_in else None,
            )
        return held

    return make


def test_a_member_of_a_sister_chapter_comes_as_its_guest(supper, lund, dot):
    assert rsvp.attend(supper, dot).guest_of == lund


def test_who_is_at_home_is_nobodys_guest(supper, lund, ben):
    lund.memberships.create(person=ben)
    assert rsvp.attend(supper, ben).guest_of is None


def test_a_stranger_to_all_chapters_at_an_open_gathering_is_nobodys_guest(supper, makers, dot):
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.OPEN)
    assert rsvp.attend(Gathering.objects.get(pk=supper.pk), dot).guest_of is None


def test_of_two_sister_chapters_the_one_they_joined_first_is_home(supper, chapter, lund, dot):
    older = chapter("Umeå")
    older.memberships.create(person=dot, joined_on=now().date() - timedelta(days=400))
    assert rsvp.attend(supper, dot).guest_of == older


def test_a_walk_in_from_a_sister_chapter_is_its_guest(supper, lund, ada, dot):
    supper.starts_at = now() - timedelta(hours=1)
    supper.save()
    assert door.walk_in(supper, "Dot", email=dot.email, by=ada).guest_of == lund


def test_who_joins_is_a_guest_no_more_and_what_has_been_stays(supper, makers, lund, been, dot):
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.OPEN)
    held = been(makers, {dot: lund})
    rsvp.attend(supper, dot)
    joining.join(makers, dot)
    assert [answer.guest_of for answer in (supper.rsvps.get(), held.rsvps.get())] == [None, lund]


def test_who_leaves_their_chapter_gives_up_the_seat_they_had_as_a_guest(supper, lund, dot):
    rsvp.attend(supper, dot)
    joining.leave(lund, dot)
    assert supper.rsvps.get().status == Rsvp.Status.DECLINED


def test_who_leaves_one_of_two_chapters_stays_as_a_guest_of_the_other(supper, chapter, lund, dot):
    umea = chapter("Umeå", dot)
    Membership.objects.filter(circle=lund, person=dot).update(joined_on=now().date() - timedelta(days=9))
    rsvp.attend(supper, dot)
    joining.leave(lund, dot)
    assert supper.rsvps.get().guest_of == umea


def test_guests_are_counted_where_they_came_and_where_they_are_at_home(makers, lund, been, ben, dot):
    been(makers, {dot: lund})
    been(makers, {dot: lund}, days=3)
    been(lund, {ben: makers}, days=4)
    # Two visits of one person are one guest.
    assert visits_of(makers, ben) == Visits(came_count=1, went_count=1)
    assert visits_of(lund, dot) == Visits(came_count=1, went_count=1)


def test_who_stayed_away_is_not_counted_where_somebody_kept_the_door(makers, lund, been, ben, dot, person):
    els = person("Els Ek")
    been(makers, {dot: lund, els: lund}, checked_in=[els])
    assert visits_of(makers, ben).came_count == 1


def test_what_is_still_ahead_or_was_cancelled_is_not_counted(makers, lund, gathering, been, ben, dot):
    gathering(makers).rsvps.create(person=dot, status=Rsvp.Status.GOING, guest_of=lund)
    cancelled = been(makers, {dot: lund})
    Gathering.objects.filter(pk=cancelled.pk).update(state=Gathering.State.CANCELLED)
    assert visits_of(makers, ben) == Visits(0, 0)


def test_a_closed_chapter_is_in_no_count_of_those_who_may_not_know_of_it(
    makers, chapter, been, ada, ben, dot
):
    quiet = chapter("Quiet", dot, ada, kind=Circle.Kind.INVITATION_ONLY)
    been(makers, {dot: quiet})
    assert [visits_of(makers, viewer).came_count for viewer in (ben, ada)] == [0, 1]


def test_counting_visits_is_one_query(makers, lund, been, ben, dot, django_assert_num_queries):
    been(makers, {dot: lund})
    with django_assert_num_queries(1):
        visits_of(makers, ben)


def test_members_read_the_count_and_others_do_not(client, makers, lund, been, ben, person):
    been(makers, {person(f"Guest{n} Gill"): lund for n in range(7)})
    been(lund, {person(f"Member{n} Moe"): makers for n in range(4)})
    line = "This year 7 guests came from sister chapters, and 4 of us visited them."
    assert line not in client.get("/circles/makers/").text
    client.force_login(ben)
    assert line in " ".join(client.get("/circles/makers/").text.split())


def test_the_guest_list_and_the_door_say_where_a_guest_is_at_home(client, supper, lund, ada, dot):
    rsvp.attend(supper, dot)
    client.force_login(ada)
    for page in ("guests", "door"):
        assert 'Guest from <span lang="sv">Lund</span>' in client.get(f"/gatherings/{supper.pk}/{page}/").text


def test_a_closed_chapter_is_named_at_no_door_to_whom_it_is_unknown(client, supper, chapter, ada, ben, dot):
    quiet = chapter("Quiet", dot, ben, kind=Circle.Kind.INVITATION_ONLY)
    rsvp.attend(supper, dot)
    for viewer, is_said in ((ada, False), (ben, True)):
        client.force_login(viewer)
        assert (quiet.name in client.get(f"/gatherings/{supper.pk}/guests/").text) is is_said


def test_checking_a_guest_in_shows_their_chapter_in_the_row(client, supper, lund, ada, dot):
    answer = rsvp.attend(supper, dot)
    client.force_login(ada)
    row = client.post(f"/gatherings/{supper.pk}/door/{answer.pk}/", headers={"HX-Request": "true"})
    assert ">Lund</span>" in row.text


def test_the_networks_page_says_where_each_chapter_is_and_when_it_meets_next(client, makers, lund, gathering):
    later = gathering(lund, title="Later in Lund", starts_at=now() + timedelta(days=40))
    gathering(lund, title="Soon in Lund", place_name="The old mill", starts_at=now() + timedelta(days=3))
    gathering(lund, title="A draft in Lund", state=Gathering.State.DRAFT, starts_at=now() + timedelta(days=1))
    page = client.get("/circles/makers/").text
    assert [text in page for text in ("Lund", "Soon in Lund", "The old mill")] == [True] * 3
    assert [text in page for text in (later.title, "A draft in Lund")] == [False] * 2


def test_a_kept_page_of_a_network_shows_what_was_just_published(client, makers, lund, gathering, ada):
    lund.memberships.create(person=ada, role=Membership.Role.ORGANISER)
    drafted = gathering(lund, title="New in Lund", state=Gathering.State.DRAFT, published_at=None)
    assert "New in Lund" not in client.get("/circles/makers/").text
    planning.publish(drafted, by=ada, anyway=True, purpose="To meet.")
    assert "New in Lund" in client.get("/circles/makers/").text


def test_a_closed_chapter_stands_on_no_page_outside(client, makers, chapter, gathering, ben, dot):
    quiet = chapter("Quiet", dot, kind=Circle.Kind.INVITATION_ONLY)
    gathering(quiet, title="Canary at dawn")
    for viewer, is_shown in ((None, False), (ben, False), (dot, True)):
        client.logout()
        if viewer:
            client.force_login(viewer)
        page = client.get("/circles/makers/").text
        assert [text in page for text in ("Quiet", "Canary")] == [is_shown] * 2


def test_all_chapters_next_gatherings_are_two_queries(
    makers, chapter, gathering, ben, django_assert_num_queries
):
    chapters = [chapter(f"Chapter{n}") for n in range(5)]
    soonest = {each.pk: gathering(each) for each in chapters}
    with django_assert_num_queries(2):
        assert queries.next_gatherings_of(chapters, ben) == soonest


def test_noting_homes_anew_writes_nothing_where_nothing_changed(supper, lund, dot, django_assert_num_queries):
    rsvp.attend(supper, dot)
    with django_assert_num_queries(3):  # the answers, are they inside, where first
        visiting.look_again(dot)
