"""A date poll through the browser's doors, without scripts."""

import re
from datetime import time, timedelta

import pytest
from django.utils.timezone import now

from peerhood.gatherings import polling
from peerhood.gatherings.models import DatePoll, SlotAnswer
from peerhood.gatherings.series import scheduling
from peerhood.notices.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(afternoons, ada):
    return polling.open_poll(afternoons, polling.proposed_starts(afternoons), by=ada, title="Benefits")


def test_a_host_asks_from_the_page_for_a_new_gathering(client, afternoons, ada):
    client.force_login(ada)
    path = f"/gatherings/polls/new/{afternoons.pk}/"
    assert path in client.get("/gatherings/new/makers/").text
    page = client.get(path).text
    proposed = re.findall(r'name="(start_\d)" value="([^"]+)"', page)
    assert len(proposed) == 4
    assert all(value.endswith("T13:00") for _name, value in proposed)
    answer = client.post(path, dict(proposed) | {"title": "Benefits"})
    assert answer.url == DatePoll.objects.get().get_absolute_url()
    assert DatePoll.objects.get().slots.count() == 4


def test_what_a_host_typed_stays_when_a_date_makes_no_sense(client, afternoons, ada):
    client.force_login(ada)
    late = (now() + timedelta(days=9)).strftime("%Y-%m-%dT13:00")
    for wrong in ("2020-01-01T10:00", "9999-12-31T23:59", "nonsense"):
        data = {"title": "Benefits", "start_1": late, "start_2": wrong}
        answer = client.post(f"/gatherings/polls/new/{afternoons.pk}/", data)
        assert answer.status_code == 422
        assert f'value="{late}"' in answer.text
        assert f'value="{wrong}"' in answer.text
        assert 'value="Benefits"' in answer.text
    assert DatePoll.objects.count() == 0


def test_a_member_answers_on_one_page_and_changes_the_answer(client, poll, ben):
    client.force_login(ben)
    path = poll.get_absolute_url()
    first, second, *_others = poll.slots.values_list("pk", flat=True)
    page = client.get(path).text
    assert page.count('type="radio"') == 4 * 3
    assert "Nobody has answered yet." in page
    client.post(f"{path}answers/", {f"slot-{first}": "yes", f"slot-{second}": "perhaps", "slot-x": "yes"})
    assert SlotAnswer.objects.get().said == "yes"
    page = client.get(path).text
    assert re.search(rf'name="slot-{first}" value="yes" checked', page)
    assert "1 person has answered." in page
    assert "Suits most" in page
    client.post(f"{path}answers/", {f"slot-{first}": "no"})
    assert SlotAnswer.objects.get().said == "no"


def test_looking_changes_nothing(client, poll, ada):
    client.force_login(ada)
    path, slot = poll.get_absolute_url(), poll.slots.first().pk
    doors = ["answers/", f"dates/{slot}/", "close/", "reopen/"]
    assert [client.get(path + door).status_code for door in doors] == [405] * 4


def test_one_click_makes_a_draft_with_the_polls_title(client, poll, ada, ben):
    client.force_login(ada)
    Mail.objects.all().delete()
    path, slot = poll.get_absolute_url(), poll.slots.all()[1]
    assert f'action="{path}dates/{slot.pk}/"' in client.get(path).text
    answer = client.post(f"{path}dates/{slot.pk}/")
    poll.refresh_from_db()
    assert answer.url == f"/gatherings/{poll.gathering_id}/edit/"
    assert 'value="Benefits"' in client.get(answer.url).text
    assert Mail.objects.count() == 0
    # Ben learns that the poll is closed, not what came of it.
    client.force_login(ben)
    page = client.get(path).text
    assert "You hear of the date when the gathering is announced." in page
    assert f"/gatherings/{poll.gathering_id}/" not in page
    assert client.get(f"/gatherings/{poll.gathering_id}/").status_code == 404


def test_who_is_outside_does_not_learn_that_a_date_is_looked_for(client, poll, dot):
    client.force_login(dot)
    path, slot = poll.get_absolute_url(), poll.slots.first().pk
    assert client.get(path).status_code == 404
    doors = ["answers/", f"dates/{slot}/", "close/", "reopen/"]
    assert [client.post(path + door).status_code for door in doors] == [404] * 4
    assert "Benefits" not in client.get("/gatherings/?circle=makers").text


def test_a_date_of_another_poll_is_not_picked_by_swapping_numbers(client, poll, forum, ada, ben):
    series = scheduling.schedule(forum, by=ada, template="executive-breakfast", starts_at_time=time(7, 30))
    other = polling.open_poll(series, polling.proposed_starts(series), by=ada)
    client.force_login(ada)
    answer = client.post(f"{poll.get_absolute_url()}dates/{other.slots.first().pk}/")
    assert answer.status_code == 404


def test_members_find_it_among_the_circles_gatherings(client, poll, ben):
    client.force_login(ben)
    assert poll.get_absolute_url() in client.get("/gatherings/?circle=makers").text
    polling.close(poll, by=poll.opened_by)
    assert poll.get_absolute_url() not in client.get("/gatherings/?circle=makers").text


def test_today_asks_until_it_is_answered(client, poll, ben):
    client.force_login(ben)
    assert poll.get_absolute_url() in client.get("/").text
    polling.answer(poll, ben, {poll.slots.first().pk: "no"})
    assert poll.get_absolute_url() not in client.get("/").text


def test_closing_is_undone_with_one_button(client, poll, ada):
    client.force_login(ada)
    path = poll.get_absolute_url()
    assert "This poll is closed" in client.post(f"{path}close/", follow=True).text
    assert "Which day suits you?" in client.post(f"{path}reopen/", follow=True).text
