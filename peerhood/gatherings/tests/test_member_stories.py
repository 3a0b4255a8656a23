"""Stories that members offer: everybody has a turn before anybody has a second one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.gatherings import member_stories
from peerhood.gatherings.models import MemberStory
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db

PAGE = "/gatherings/stories/makers/"


@pytest.fixture
def line(supper):
    return supper.agenda.create(position=1, kind="story", title="Member story", length_minutes=30)


def told(circle, person, gathering, days):
    """A story this person told so many days ago."""
    past = gathering(
        circle,
        starts_at=now() - timedelta(days=days),
        ends_at=now() - timedelta(days=days) + timedelta(hours=2),
    )
    item = past.agenda.create(position=1, kind="story", title="Told", length_minutes=30)
    return MemberStory.objects.create(circle=circle, person=person, title="Told", item=item)


def in_order(circle):
    return [(story.person.name, story.title) for story in member_stories.offered_in(circle)]


def test_whoever_has_told_none_comes_first_then_whose_last_one_is_longest_ago(
    gathering, makers, ada, ben, chi, person
):
    eve = person("Eve Ek")
    makers.memberships.create(person=eve)
    told(makers, ada, gathering, 300)
    told(makers, ben, gathering, 30)
    for teller, title in ((ben, "A"), (ada, "B"), (chi, "C"), (eve, "D")):
        member_stories.offer(makers, teller, title)
    names = [name for name, _title in in_order(makers)]
    assert names == [chi.name, eve.name, ada.name, ben.name]


def test_a_story_at_a_gathering_that_was_cancelled_was_not_told(gathering, makers, ben, chi):
    story = told(makers, ben, gathering, 30)
    type(story.item.gathering).objects.filter(pk=story.item.gathering_id).update(state="cancelled")
    member_stories.offer(makers, ben, "A")
    member_stories.offer(makers, chi, "B")
    assert [name for name, _title in in_order(makers)] == [ben.name, chi.name]


def test_a_line_is_given_to_it_and_its_teller_hears(makers, supper, line, ada, ben):
    story = member_stories.offer(makers, ben, "What we measured")
    member_stories.put_on(story, line, by=ada)
    line.refresh_from_db()
    assert (line.title, line.speaker) == ("What we measured", "Ben Berg")
    assert in_order(makers) == []
    assert Mail.objects.get().kind == "gatherings/story_scheduled"
    # Given to somebody else, it is back on the list.
    other = member_stories.offer(makers, ada, "Mine")
    member_stories.put_on(other, line, by=ada)
    assert in_order(makers) == [("Ben Berg", "What we measured")]


def test_only_those_who_run_the_gathering_give_a_line(makers, line, forum, breakfast, ada, ben, chi):
    story = member_stories.offer(makers, ben, "What we measured")
    with pytest.raises(PermissionDenied):
        member_stories.put_on(story, line, by=chi)
    elsewhere = breakfast.agenda.create(position=1, kind="story", title="Story", length_minutes=30)
    with pytest.raises(Refusal, match="in its own circle"):
        member_stories.put_on(story, elsewhere, by=ada)


def test_a_buddy_says_so_themselves_and_one_is_enough(makers, ada, ben, chi, dot):
    story = member_stories.offer(makers, ben, "What we measured")
    for stranger in (ben, dot):
        with pytest.raises(PermissionDenied):
            member_stories.listen(story, stranger)
    assert member_stories.listen(story, chi).buddy == chi
    assert Mail.objects.get().address == ben.email
    with pytest.raises(Refusal, match="listens to that one already"):
        member_stories.listen(story, ada)
    member_stories.listen_no_more(story, chi)
    assert member_stories.listen(story, ada).buddy == ada


def test_only_its_owner_takes_it_back_and_not_from_an_agenda(makers, supper, line, ada, ben):
    story = member_stories.offer(makers, ben, "What we measured")
    with pytest.raises(PermissionDenied):
        member_stories.take_back(story, by=ada)
    member_stories.put_on(story, line, by=ada)
    with pytest.raises(Refusal, match="stands on an agenda"):
        member_stories.take_back(story, by=ben)
    story.item = None
    story.save()
    member_stories.take_back(story, by=ben)
    assert in_order(makers) == []


def test_nobody_fills_the_list_alone(makers, ben):
    for number in range(member_stories.MOST_OFFERED):
        member_stories.offer(makers, ben, f"Story {number}")
    with pytest.raises(Refusal, match="several already"):
        member_stories.offer(makers, ben, "One more")


def test_a_member_offers_one_a_host_puts_it_on_and_another_listens(
    client, makers, supper, line, ada, ben, chi
):
    client.force_login(ben)
    assert "Nobody has offered one yet." in client.get(PAGE).text
    assert client.post(PAGE, {"title": ""}).status_code == 422
    client.post(PAGE, {"title": "What we measured", "about": "And what we did not."})
    story = MemberStory.objects.get()
    client.force_login(chi)
    assert "has told none here yet" in client.get(PAGE).text
    client.post(f"{PAGE}{story.pk}/rehearsal/")
    client.force_login(ada)
    assert "Chi Chen listens to a rehearsal." in client.get(PAGE).text
    answer = client.post(f"{PAGE}{story.pk}/agenda/", {"item": line.pk})
    assert answer["Location"] == f"/gatherings/{supper.pk}/edit/"
    assert "On the agenda" in client.get(PAGE).text
    assert "Five parts" in client.get(f"{PAGE}kit/").text


def test_the_list_is_for_members(client, makers, forum, ben, dot):
    story = member_stories.offer(makers, ben, "What we measured")
    client.force_login(dot)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}{story.pk}/rehearsal/").status_code == 403
    assert client.get("/gatherings/stories/gryningsforum/").status_code == 404
    client.force_login(ben)
    assert client.post(f"/gatherings/stories/makers/{story.pk + 9}/rehearsal/").status_code == 404


def test_the_list_costs_the_same_queries_however_long(
    client, makers, ada, person, django_assert_max_num_queries
):
    client.force_login(ada)

    def fill(count, name):
        for number in range(count):
            teller = person(f"{name}{number} Teller")
            makers.memberships.create(person=teller)
            member_stories.offer(makers, teller, f"Story {number}")

    fill(2, "Few")
    with django_assert_max_num_queries(30) as few:
        client.get(PAGE)
    fill(20, "Many")
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE)
