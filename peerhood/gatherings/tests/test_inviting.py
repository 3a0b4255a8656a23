"""Inviting the circle, and what hosts send to many: to whom, once, in which words, and what is taken back."""

from datetime import time, timedelta
from functools import partial
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings import looking_back, planning, rsvp
from peerhood.gatherings.coming import inviting, links, messages, preparing, still_coming
from peerhood.gatherings.models import Gathering, HostMessage
from peerhood.gatherings.series import scheduling, standing
from peerhood.journal.models import Entry
from peerhood.notices import choices, delivery, mass_mail, quiet_hours, sending
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

Step = HostMessage.Step


def told(kind):
    return sorted(Mail.objects.filter(kind=f"gatherings/{kind}").values_list("address", flat=True))


@pytest.mark.django_db
def test_members_who_have_not_answered_are_invited_once(supper, ada, ben, chi, dot):
    rsvp.attend(supper, chi)
    assert inviting.invite(supper, by=ada, words="Bring a mug.") == 2
    assert told("invited") == [ada.email, ben.email]
    assert inviting.invite(supper, by=ada) == 0
    assert told("invited") == [ada.email, ben.email]
    mail = Mail.objects.get(person=ben)
    assert "Bring a mug." in mail.text
    # A link says when it was signed, so another second has another one.
    assert links.link_for(ben, supper).rsplit(":", 2)[0] in mail.text
    assert mail.leave
    assert Entry.objects.filter(name="gathering.invited").count() == 2


@pytest.mark.django_db
def test_whoever_joins_later_is_invited_by_the_next_tap(supper, makers, ada, dot):
    inviting.invite(supper, by=ada)
    makers.memberships.create(person=dot)
    assert [person.name for person in inviting.to_invite(supper, ada)] == ["Dot Dahl"]
    assert inviting.invite(supper, by=ada) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "how", ["turned off", "paused", "blocks the host", "blocked by the host", "closed account"]
)
def test_who_is_not_invited(supper, makers, ada, ben, how):
    if how == "turned off":
        choices.turn_off(ben, choices.Group.GATHERINGS)
    elif how == "paused":
        makers.memberships.filter(person=ben).update(state=Membership.State.PAUSED)
    elif how == "blocks the host":
        silence.block(ben, ada)
    elif how == "blocked by the host":
        silence.block(ada, ben)
    else:
        type(ben).objects.filter(pk=ben.pk).update(is_active=False)
    inviting.invite(supper, by=ada)
    assert ben.email not in told("invited")


@pytest.mark.django_db
def test_control_without_any_of_it_ben_is_invited(supper, ada, ben):
    silence.keep_apart(ben, ada)  # rather not together is no block
    choices.turn_off(ben, choices.Group.ASKED)
    inviting.invite(supper, by=ada)
    assert ben.email in told("invited")


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_to_every_one_is_seated_and_not_invited(afternoons, ada, ben):
    standing.stand(afternoons, ben)
    gathering = scheduling.draft(afternoons, by=ada)
    planning.publish(gathering, by=ada, anyway=True, purpose="So that nobody decides alone.")
    inviting.invite(gathering, by=ada)
    assert ben.email not in told("invited")
    assert ben.email in told("seated")


@pytest.mark.django_db
def test_the_envelope_of_a_closed_circle_names_nothing(breakfast, ada, ben):
    inviting.invite(breakfast, by=ada)
    assert set(Mail.objects.values_list("subject", flat=True)) == {"Will you come? Network meeting"}
    assert inviting.draft(breakfast, ada, "")[0] == "Will you come? Network meeting"


@pytest.mark.django_db
def test_only_hosts_invite_and_only_to_what_is_announced(supper, makers, gathering, ada, ben):
    with pytest.raises(PermissionDenied):
        inviting.invite(supper, by=ben)
    for fields in ({"state": "draft", "published_at": None}, {"state": "cancelled"}):
        with pytest.raises(Refusal):
            inviting.invite(gathering(makers, **fields), by=ada)
    begun = gathering(makers, starts_at=now() - timedelta(hours=1), ends_at=now() + timedelta(hours=1))
    with pytest.raises(Refusal):
        inviting.invite(begun, by=ada)
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_an_invitation_is_answered_with_one_tap_either_way(client, supper, ada, ben, chi):
    page = client.get(links.path_for(ben, supper)).text
    assert 'name="yes"' in page
    assert 'name="no"' in page
    client.post(links.path_for(ben, supper), {"no": "yes"})
    assert supper.rsvps.get(person=ben).has_declined()
    assert ben.email not in {person.email for person in inviting.to_invite(supper, ada)}
    again = client.get(links.path_for(ben, supper)).text
    assert "You have said that you cannot come" in again
    assert 'name="no"' not in again
    client.post(links.path_for(ben, supper), {"yes": "yes"})
    assert supper.rsvps.get(person=ben).is_going()
    with pytest.raises(PermissionDenied):
        rsvp.decline(Gathering.objects.get(pk=supper.pk), type(ben).objects.create_user("x@example.org"))


@pytest.mark.django_db
def test_a_no_is_no_place_and_counts_nothing(supper, ben, chi):
    rsvp.decline(supper, ben)
    rsvp.attend(supper, chi)
    supper.refresh_from_db()
    assert (supper.going_count, supper.waiting_count, supper.room_taken) == (1, 0, 1)


@pytest.mark.django_db
def test_a_reminder_ahead_is_not_doubled_by_the_one_that_goes_by_itself(supper, ada, ben, chi):
    planning.edit(supper, by=ada, version=0, capacity=5)
    with time_machine.travel(supper.starts_at - timedelta(days=10), tick=False):
        rsvp.attend(supper, ben)
        with pytest.raises(Refusal):
            still_coming.ask_now(supper, by=ada)
    with time_machine.travel(supper.starts_at - timedelta(days=5), tick=False):
        assert still_coming.ask_now(supper, by=ada, words="The lift is broken.") == 1
        assert still_coming.ask_now(supper, by=ada) == 0
        assert still_coming.is_asked(supper)
        rsvp.attend(supper, chi)
    mail = Mail.objects.get(kind="gatherings/still_coming")
    assert mail.subject == "Soon: Supper"
    assert "The lift is broken." in mail.text
    with time_machine.travel(still_coming.due_at(supper) + timedelta(minutes=5), tick=False):
        still_coming.ask_all_due()
        # Chi came after the host had asked, and is asked by itself.
        assert told("still_coming") == [ben.email, chi.email]
        assert Mail.objects.get(kind="gatherings/still_coming", person=chi).subject == "Tomorrow: Supper"


@pytest.mark.django_db
def test_a_pack_goes_to_those_with_a_seat_and_to_each_once(supper, ada, ben, chi):
    planning.edit(supper, by=ada, version=0, capacity=5)
    rsvp.attend(supper, ben)
    with pytest.raises(Refusal):
        preparing.tell(supper, by=ada)
    preparing.write(supper, by=ada, first_question="What did you measure?", second_question="", reading="")
    assert preparing.tell(supper, by=ada) == 1
    rsvp.attend(supper, chi)
    assert preparing.tell(supper, by=ada) == 1
    assert told("prepare") == [ben.email, chi.email]
    assert "What did you measure?" in Mail.objects.filter(kind="gatherings/prepare").first().text
    choices.turn_off(ada, choices.Group.BEFORE)
    rsvp.attend(supper, ada)
    assert preparing.tell(supper, by=ada) == 0


@pytest.mark.django_db
def test_thanks_sent_by_the_host_are_not_sent_again_and_carry_their_words(gathering, makers, ada, ben, chi):
    earlier = gathering(makers, starts_at=now() - timedelta(days=60), ends_at=now() - timedelta(days=59))
    over = gathering(makers, starts_at=now() - timedelta(hours=6), ends_at=now() - timedelta(hours=1))
    over.hosts.add(ada)
    for person in (ben, chi):
        for each in (earlier, over):
            each.rsvps.create(person=person, status="going", checked_in_at=now())
    assert looking_back.thank(over, by=ada, words="The board said yes.") == 2
    assert looking_back.thank(over, by=ada) == 0
    with time_machine.travel(over.ends_at + timedelta(hours=4), tick=False):
        looking_back.thank_all_due()
    assert told("thanks") == [ben.email, chi.email]
    assert all("The board said yes." in mail.text for mail in Mail.objects.filter(kind="gatherings/thanks"))
    with pytest.raises(Refusal):
        looking_back.thank(gathering(makers), by=ada)


@pytest.mark.django_db
def test_words_that_are_kept_go_along_with_what_is_sent_by_itself(gathering, makers, ada, ben):
    earlier = gathering(makers, starts_at=now() - timedelta(days=60), ends_at=now() - timedelta(days=59))
    over = gathering(makers, starts_at=now() - timedelta(hours=9), ends_at=now() - timedelta(hours=4))
    for each in (earlier, over):
        each.rsvps.create(person=ben, status="going", checked_in_at=now())
    messages.write(over, Step.THANK, "See you in May.", by=ada)
    assert not Mail.objects.exists()
    looking_back.thank_all_due()
    assert "See you in May." in Mail.objects.get().text


@pytest.mark.django_db
def test_what_has_not_left_is_taken_back_and_what_has_stays(supper, ada, ben, chi):
    quiet_hours.choose(ben, time(0), time(0))
    inviting.invite(supper, by=ada)
    delivery.deliver(Mail.objects.get(person=ben))
    tried = Mail.objects.get(person=chi)
    Mail.objects.filter(pk=tried.pk).update(tries_count=1)
    assert messages.waiting_count_of(supper, Step.INVITE) == 1
    with pytest.raises(PermissionDenied):
        messages.take_back(supper, Step.INVITE, by=ben)
    assert messages.take_back(supper, Step.INVITE, by=ada) == 1
    assert told("invited") == [ben.email, chi.email]
    assert messages.of(supper, Step.INVITE).sent_at
    assert [person.name for person in inviting.to_invite(supper, ada)] == [ada.name]


@pytest.mark.django_db
def test_control_taking_back_what_was_tried_would_let_it_be_sent_twice(supper, ada, ben):
    inviting.invite(supper, by=ada)
    Mail.objects.filter(person=ben).update(tries_count=1)
    sending.take_back(messages.keys_of(Step.INVITE, supper))
    assert ben in inviting.to_invite(supper, ada)


@pytest.mark.django_db
def test_of_another_gathering_nothing_is_taken_back(supper, gathering, makers, ada):
    longer = gathering(makers, pk=supper.pk * 10)
    inviting.invite(longer, by=ada)
    assert messages.take_back(supper, Step.INVITE, by=ada) == 0
    assert messages.sent_count_of(longer, Step.INVITE) == 3


def invite_unlocked(gathering, ada, gap):
    """The act as it would be without a lock, a transaction and a key."""
    people = inviting.to_invite(gathering, ada)
    gap.wait()
    for person in people:
        sending.send(person, inviting.INVITED, gathering=gathering, link="", words="")


@pytest.mark.django_db(transaction=True)
def test_two_who_tap_at_once_invite_everybody_once(gathering, makers, ada, ben, chi):
    for _round in range(5):
        evening = gathering(makers)
        counts = at_once(*[partial(inviting.invite, evening, by=ada)] * 4)
        assert sorted(counts) == [0, 0, 0, 3]
        assert messages.sent_count_of(evening, Step.INVITE) == 3


@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_key_everybody_is_invited_twice(gathering, makers, ada, ben, chi):
    evening, gap = gathering(makers), Barrier(2)
    at_once(*[partial(invite_unlocked, evening, ada, gap)] * 2)
    assert Mail.objects.filter(kind=inviting.INVITED).count() == 6


@pytest.fixture
def many(makers, person):
    """Twenty more members: with Ada, Ben and Chi they are 23."""
    for number in range(20):
        makers.memberships.create(person=person(f"Member{number} Member"))


@pytest.mark.django_db
def test_many_are_written_to_by_whoever_types_how_many_they_are(supper, many, ada):
    with pytest.raises(mass_mail.NotConfirmed, match="23 people"):
        inviting.invite(supper, by=ada, words="Come.", typed=22)
    assert (told("invited"), HostMessage.objects.count()) == ([], 0)
    assert inviting.invite(supper, by=ada, words="Come.", typed=23) == 23


@pytest.mark.django_db
def test_a_circle_is_written_to_so_often_a_day(supper, many, ada, settings):
    settings.MASS_MAILS_A_DAY = 0
    with pytest.raises(Refusal, match="enough for one day"):
        inviting.invite(supper, by=ada, typed=23)
    assert told("invited") == []


@pytest.mark.django_db
def test_what_waits_for_a_daily_mail_is_taken_back_too(supper, ada, ben):
    choices.choose(ben, set(choices.Group), together={choices.Group.GATHERINGS})
    inviting.invite(supper, by=ada)
    assert Mail.objects.get(person=ben).state == Mail.State.TOGETHER
    messages.take_back(supper, Step.INVITE, by=ada)
    assert ben.email not in told("invited")


@pytest.mark.django_db
def test_the_number_is_of_those_whom_a_reminder_reaches(supper, ada, ben, chi, dot, makers):
    planning.edit(supper, by=ada, version=0, capacity=5)
    makers.memberships.create(person=dot)
    for person in (ben, chi, dot):
        rsvp.attend(supper, person)
    choices.turn_off(ben, choices.Group.BEFORE)
    type(chi).objects.filter(pk=chi.pk).update(email=None)
    with time_machine.travel(supper.starts_at - timedelta(days=3), tick=False):
        assert still_coming.to_ask(supper, ada) == [dot]
        assert still_coming.ask_now(supper, by=ada) == 1
        choices.choose(ben, set(choices.Group))  # control: whoever wants it is asked
        assert still_coming.to_ask(supper, ada) == [ben]
