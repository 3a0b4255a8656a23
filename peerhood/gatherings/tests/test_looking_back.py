"""After a gathering: thanks, two questions without names, numbers, and notes for the recap."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.gatherings import looking_back
from peerhood.gatherings.models import LookBack, Said
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal
from tests.threads import at_once


@pytest.fixture
def over(gathering, makers, ada, ben, chi, seated):
    """It ended five hours ago; Ada, Ben and three more came, Chi stayed away, and nobody is new."""
    earlier = gathering(makers, starts_at=now() - timedelta(days=60), ends_at=now() - timedelta(days=59))
    over = gathering(makers, starts_at=now() - timedelta(hours=9), ends_at=now() - timedelta(hours=5))
    over.hosts.add(ada)
    came = [ada, ben, *seated(over, 3)]
    over.rsvps.update(checked_in_at=now())
    for person in (ada, ben):
        over.rsvps.create(person=person, status="going", checked_in_at=now())
    over.rsvps.create(person=chi, status="going")
    for person in (*came, chi):
        earlier.rsvps.create(person=person, status="going", checked_in_at=now())
        makers.memberships.get_or_create(person=person)
    return over


def came(gathering):
    return [rsvp.person for rsvp in gathering.rsvps.checked_in().select_related("person")]


@pytest.mark.django_db
def test_nothing_is_read_before_five_have_answered(client, over, ada):
    client.force_login(ada)
    for number, person in enumerate(came(over), 1):
        page = client.get(f"/gatherings/{over.pk}/look-back/").text
        assert "Shown once 5 have answered" in page
        looking_back.say(over, person, "yes" if number > 1 else "no", f"Line {number}")
    page = client.get(f"/gatherings/{over.pk}/look-back/").text
    assert "Yes: 4" in page
    assert "Line 3" in page


@pytest.mark.django_db
def test_what_was_said_names_nobody_and_stands_in_no_order(over):
    people = came(over)
    for number, person in enumerate(people):
        looking_back.say(over, person, "yes", f"Line {number}")
    said = LookBack.objects.get().said
    assert {line for _at_home, line in said} == {f"Line {number}" for number in range(5)}
    assert {field.name for field in Said._meta.get_fields()} == {"id", "look_back", "mark"}
    assert not Entry.objects.filter(subject_type__in=["gatherings.lookback", "gatherings.said"]).exists()
    assert not any(
        str(person.pk) == mark for person in people for mark in Said.objects.values_list("mark", flat=True)
    )


@pytest.mark.django_db
def test_the_list_is_shuffled_again_with_each_answer(gathering, makers, seated):
    big = gathering(
        makers, starts_at=now() - timedelta(hours=9), ends_at=now() - timedelta(hours=5), capacity=30
    )
    for number, person in enumerate(seated(big, 20, checked_in_at=now())):
        looking_back.say(big, person, "yes", f"{number:02}")
    lines = [line for _at_home, line in LookBack.objects.get().said]
    assert lines != sorted(lines)


@pytest.mark.django_db
def test_each_who_came_answers_once_and_who_did_not_come_does_not(over, ben, chi):
    looking_back.say(over, ben, "partly")
    for person in (ben, chi):
        with pytest.raises(Refusal):
            looking_back.say(over, person, "yes")
    assert len(LookBack.objects.get().said) == 1


@pytest.mark.django_db
def test_two_weeks_later_it_is_too_late(over, ben):
    type(over).objects.filter(pk=over.pk).update(
        starts_at=now() - timedelta(days=16), ends_at=now() - timedelta(days=15)
    )
    over.refresh_from_db()
    with pytest.raises(Refusal):
        looking_back.say(over, ben, "yes")


@pytest.mark.django_db
def test_those_who_came_are_thanked_once(over, ben, chi):
    for _time in range(2):
        looking_back.thank_all_due()
    thanked = Mail.objects.filter(kind="gatherings/thanks").values_list("address", flat=True)
    assert sorted(thanked) == sorted(person.email for person in came(over))
    assert chi.email not in thanked


@pytest.mark.django_db
def test_hosts_read_numbers_and_never_who_stayed_away(client, over, ada, ben):
    client.force_login(ada)
    page = client.get(f"/gatherings/{over.pk}/look-back/").text
    assert "5 of 6 came; 1 did not." in page
    assert "Chi" not in page
    client.force_login(ben)
    assert "5 of 6" not in client.get(f"/gatherings/{over.pk}/look-back/").text


@pytest.mark.django_db
def test_the_recap_begins_with_the_hosts_notes(client, over, ada, ben):
    with pytest.raises(PermissionDenied):
        looking_back.note(over, "Mine", by=ben)
    client.force_login(ada)
    client.post(f"/gatherings/{over.pk}/look-back/notes/", {"notes": "Three numbers nobody trusts."})
    assert "Three numbers nobody trusts." in client.get(f"/stories/new/?gathering={over.pk}").text


@pytest.mark.django_db
def test_the_form_asks_and_thanks(client, over, supper, ben, dot):
    client.force_login(ben)
    path = f"/gatherings/{over.pk}/look-back/"
    assert "Did you feel at home?" in client.get(path).text
    assert client.post(path, {"at_home": "maybe"}).status_code == 422
    assert client.post(path, {"at_home": "yes", "line": "Warm."}).status_code == 302
    assert "Did you feel at home?" not in client.get(path).text
    assert client.post(path, {"at_home": "yes"}).status_code == 409
    assert client.get(f"/gatherings/{supper.pk}/look-back/").status_code == 409
    client.force_login(dot)
    assert client.get(path).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_both_kept_and_one_person_is_one(over):  # a lost update
    people = came(over)
    at_once(*(partial(looking_back.say, over, person, "yes", "Warm.") for person in (*people, people[0])))
    assert len(LookBack.objects.get().said) == len(people)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_an_answer_is_lost(over):
    LookBack.objects.create(gathering=over)
    read = [LookBack.objects.get() for _number in range(2)]

    def add(look_back, line):
        look_back.said.append(["yes", line])
        look_back.save(update_fields=["said"])

    at_once(partial(add, read[0], "One"), partial(add, read[1], "Two"))
    assert len(LookBack.objects.get().said) == 1
