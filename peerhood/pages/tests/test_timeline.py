"""The organiser's time line: eight steps, how each stands, what is behind it, and one tap to do it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from peerhood.gatherings import planning
from peerhood.gatherings.coming import inviting, preparing, still_coming
from peerhood.gatherings.models import Gathering, HostMessage
from peerhood.gatherings.series import scheduling
from peerhood.notices.models import Mail
from peerhood.pages.timeline import steps
from peerhood.pages.timeline.facts import facts_of
from peerhood.pages.today import today_of
from peerhood.rooms import running
from peerhood.themes import ballots, deciding, proposing
from peerhood.themes.models import Ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(afternoons, ada):
    return scheduling.draft(afternoons, by=ada)


@pytest.fixture
def theme(makers, ben):
    return proposing.propose(makers, ben, "One page for the board", "How?")


def stands(gathering):
    gathering = Gathering.objects.select_related("circle").get(pk=gathering.pk)
    found = steps.steps_of(gathering, facts_of([gathering])[gathering.pk])
    return {step.name.value: step.state.value for step in found}


def publish(gathering, ada):
    return planning.publish(gathering, by=ada, anyway=True, purpose="So that nobody decides alone.")


def test_the_eight_steps_stand_in_their_order(draft):
    assert list(stands(draft)) == ["theme", "date", "invite", "remind", "prepare", "run", "thank", "next"]


def test_a_quarter_from_the_theme_to_the_next_theme(draft, theme, ada, ben):
    with time_machine.travel(draft.starts_at - timedelta(weeks=9), tick=False):
        Gathering.objects.filter(pk=draft.pk).update(created_at=now())
        assert list(stands(draft).values()) == ["now", "done", *["later"] * 6]
        deciding.take(theme, draft, by=ada)
        assert list(stands(draft).values()) == ["done", "done", "now", *["later"] * 5]
    with time_machine.travel(draft.starts_at - timedelta(weeks=6, days=-1), tick=False):
        assert stands(draft)["invite"] == "late"
        inviting.invite(publish(draft, ada), by=ada)
        assert list(stands(draft).values())[2:] == ["done", "now", *["later"] * 4]
    with time_machine.travel(draft.starts_at - timedelta(days=5), tick=False):
        draft.rsvps.create(person=ben, status="going", answered_at=now() - timedelta(days=9))
        still_coming.ask_now(draft, by=ada)
        preparing.write(draft, by=ada, first_question="Why?", second_question="", reading="")
        preparing.tell(draft, by=ada)
        assert list(stands(draft).values())[2:] == ["done", "done", "done", "now", "later", "later"]
    with time_machine.travel(draft.starts_at, tick=False):
        room = running.open_room(draft, by=ada)
        assert stands(draft)["run"] == "now"
        running.close_room(room, by=ada)
        assert stands(draft)["run"] == "done"
    with time_machine.travel(draft.ends_at + timedelta(minutes=1), tick=False):
        assert list(stands(draft).values())[5:] == ["done", "now", "now"]
    with time_machine.travel(draft.ends_at + timedelta(hours=4), tick=False):
        following = deciding.draft_after(draft, by=ada)
        assert list(stands(draft).values())[5:] == ["done", "done", "now"]
        deciding.take(proposing.propose(draft.circle, ben, "Risk", ""), following, by=ada)
        assert set(stands(draft).values()) == {"done"}
        following.refresh_from_db()
        assert following.title == "Risk"


def test_what_was_left_out_is_skipped_and_nobody_is_blamed(gathering, makers):
    over = gathering(makers, starts_at=now() - timedelta(days=3), ends_at=now() - timedelta(days=2, hours=20))
    Gathering.objects.filter(pk=over.pk).update(published_at=now() - timedelta(days=20))
    found = stands(over)
    assert [found[name] for name in ("theme", "invite", "prepare", "run")] == ["skipped"] * 4
    assert (found["remind"], found["thank"], found["next"]) == ("done", "done", "now")
    assert set(stands(gathering(makers, state="cancelled")).values()) <= {"done", "skipped"}


def test_a_draft_whose_day_has_passed_says_so(client, draft, ada):
    client.force_login(ada)
    with time_machine.travel(draft.starts_at + timedelta(days=1), tick=False):
        client.force_login(ada)
        page = client.get(f"/gatherings/{draft.pk}/timeline/").text
    assert "Its day has passed. Choose another one." in page


def test_reading_it_through_sends_nothing_and_one_tap_publishes_and_invites(client, draft, ada, ben):
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/timeline/invite/"
    page = client.get(path).text
    assert "To 3 members who have not answered." in page
    assert "Will you come? Norrköping afternoon" in page
    assert "Publish and invite" in page
    assert not Mail.objects.exists()
    answer = client.post(
        path, {"words": "Bring a mug.", "purpose": "So that nobody decides alone.", "anyway": "on"}
    )
    assert answer["Location"] == f"/gatherings/{draft.pk}/timeline/"
    draft.refresh_from_db()
    assert draft.state == "published"
    assert Mail.objects.filter(kind=inviting.INVITED).count() == 3
    client.post(path, {"words": "Once more."})
    assert Mail.objects.filter(kind=inviting.INVITED).count() == 3


def test_a_draft_that_is_refused_stays_one_and_keeps_the_words(client, draft, ada):
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/timeline/invite/"
    answer = client.post(path, {"words": "Bring a mug.", "purpose": ""})
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.is_draft()
    assert not Mail.objects.exists()
    assert HostMessage.objects.get().words == "Bring a mug."
    assert "Bring a mug." in client.get(path).text


def test_words_can_be_kept_and_read_before_anything_is_sent(client, supper, ada):
    client.force_login(ada)
    path = f"/gatherings/{supper.pk}/timeline/invite/"
    client.post(path, {"words": "Mind <the> gap.", "keep": "yes"})
    page = client.get(path).text
    assert "Mind &lt;the&gt; gap." in page
    assert not Mail.objects.exists()
    long = client.post(path, {"words": "x" * 1001})
    assert long.status_code == 422
    assert "x" * 1000 in long.text
    assert not Mail.objects.exists()


def test_what_has_not_left_is_taken_back_from_the_page(client, supper, ada):
    client.force_login(ada)
    path = f"/gatherings/{supper.pk}/timeline/invite/"
    client.post(path, {"words": ""})
    Mail.objects.update(state=Mail.State.QUEUED, tries_count=0)
    assert "Take back what has not left yet" in client.get(path).text
    client.post(f"{path}return/")
    assert not Mail.objects.exists()
    assert "Take back" not in client.get(path).text


@pytest.mark.parametrize("step", ["date", "run", "nonsense"])
def test_a_step_without_a_page_of_its_own_is_not_there(client, supper, ada, step):
    client.force_login(ada)
    assert client.get(f"/gatherings/{supper.pk}/timeline/{step}/").status_code == 404
    assert client.post(f"/gatherings/{supper.pk}/timeline/{step}/return/").status_code == 404


def test_a_theme_is_chosen_with_one_tap_and_names_the_draft(client, draft, theme, ada, forum):
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/timeline/theme/"
    assert "One page for the board" in client.get(path).text
    elsewhere = proposing.propose(forum, ada, "Canary", "")
    assert client.post(path, {"theme": elsewhere.pk}).status_code == 404
    assert client.post(path, {"theme": "x"}).status_code == 404
    client.post(path, {"theme": theme.pk})
    draft.refresh_from_db()
    assert draft.title == "One page for the board"
    assert client.post(path, {"theme": theme.pk}).status_code == 409


def test_the_next_one_is_drafted_once_however_often_it_is_tapped(client, draft, ada):
    client.force_login(ada)
    publish(draft, ada)
    with time_machine.travel(draft.ends_at + timedelta(hours=1), tick=False):
        client.force_login(ada)
        first = client.post(f"/gatherings/{draft.pk}/timeline/next/")["Location"]
        assert client.post(f"/gatherings/{draft.pk}/timeline/next/")["Location"] == first
    assert Gathering.objects.count() == 2


def test_the_winner_of_the_ballot_begins_the_next_quarter(client, draft, theme, ada):
    client.force_login(ada)
    publish(draft, ada)
    ballot = ballots.open_ballot(draft, by=ada)
    page = client.get(f"/gatherings/{draft.pk}/timeline/").text
    assert "The vote is open." in page
    ballots.vote(ballot, "one", [ballot.choices.get().pk])
    ballots.close(ballot, by=ada)
    following = Ballot.objects.get().next_gathering
    page = client.get(f"/gatherings/{draft.pk}/timeline/").text
    assert f"/gatherings/{following.pk}/timeline/" in page
    assert stands(draft)["next"] == "done"


def test_members_do_not_see_it(client, supper, ben):
    client.force_login(ben)
    assert client.get(f"/gatherings/{supper.pk}/timeline/").status_code == 403
    assert "timeline" not in client.get(f"/gatherings/{supper.pk}/").text


def test_hosts_are_led_to_it_from_their_gathering_and_from_today(client, supper, ada, ben):
    client.force_login(ada)
    page = client.get(f"/gatherings/{supper.pk}/").text
    assert "Next for you: <strong>Invite</strong>" in page
    assert f"/gatherings/{supper.pk}/timeline/" in page
    assert today_of(ada).asked.kind == "host"
    assert f"/gatherings/{supper.pk}/timeline/#invite" in client.get("/").text
    inviting.invite(supper, by=ada)
    assert today_of(ada).asked.kind == "answer"
    assert today_of(ben).asked.kind == "answer"


def test_where_everybody_has_answered_there_is_nobody_to_invite(supper, ada, ben, chi):
    for person in (ada, ben, chi):
        supper.rsvps.create(person=person, status="declined")
    assert stands(supper)["invite"] == "done"


def test_a_letter_is_looked_at_on_a_phone_and_many_are_counted_by_hand(client, draft, makers, person, ada):
    for number in range(20):
        makers.memberships.create(person=person(f"Member{number} Member"))
    client.force_login(ada)
    page = f"/gatherings/{draft.pk}/timeline/invite/"
    assert (
        f'<iframe sandbox title="Your mail, as a phone shows it" src="{page}mail/">' in client.get(page).text
    )
    mail = client.get(f"{page}mail/")
    assert mail["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src 'none'" in mail["Content-Security-Policy"]
    assert "<html lang=" in mail.text
    assert draft.title in mail.text
    to_send = {"words": "Come, all of you.", "purpose": "So that nobody decides alone.", "anyway": "yes"}
    for typed in ({}, {"typed": "4"}, {"typed": "many"}):
        answer = client.post(page, to_send | typed)
        assert answer.status_code == 422
        assert "Come, all of you." in answer.text
    draft.refresh_from_db()
    assert draft.is_draft()
    assert not Mail.objects.filter(kind="gatherings/invited").exists()
    assert client.post(page, to_send | {"typed": "23"}).status_code == 302
    assert Mail.objects.filter(kind="gatherings/invited").count() == 23


def test_a_number_that_has_changed_since_it_was_read_is_asked_for_anew(client, draft, makers, person, ada):
    for number in range(18):
        makers.memberships.create(person=person(f"Member{number} Member"))
    client.force_login(ada)
    page = f"/gatherings/{draft.pk}/timeline/invite/"
    to_send = {"words": "Come, all of you.", "purpose": "So that nobody decides alone.", "anyway": "yes"}
    read = client.get(page).text
    assert "21 members" in read
    makers.memberships.create(person=person("Newly Joined"))
    late = client.post(page, to_send | {"typed": "21"})
    assert late.status_code == 422
    assert "This goes to 22 people." in late.text
    assert "Come, all of you." in late.text
    draft.refresh_from_db()
    assert draft.is_draft()
    assert not Mail.objects.filter(kind="gatherings/invited").exists()
    assert client.post(page, to_send | {"typed": "22"}).status_code == 302
    assert Mail.objects.filter(kind="gatherings/invited").count() == 22
