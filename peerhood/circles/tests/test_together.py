from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles import roles, together
from peerhood.circles.models import BulkChange, Membership
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal


@pytest.fixture
def ids(makers):
    return list(makers.memberships.values_list("pk", flat=True))


def standing(circle):
    rows = circle.memberships.order_by("person__name").values_list("person__name", "role", "state")
    return {name.split()[0]: (role, state) for name, role, state in rows}


def test_a_preview_tells_who_changes_and_who_does_not_and_why(makers, ada, ids):
    planned = together.plan(makers, ids, "pause", by=ada)
    assert [m.person.first_name for m in planned.changed] == ["Ben", "Chi"]
    assert [(m.person.first_name, why) for m, why in planned.left_out] == [("Ada", "is the only organiser")]
    assert standing(makers)["Ben"] == ("member", "active")


def test_what_was_looked_at_is_done_and_can_be_undone(makers, ada, ids):
    before = standing(makers)
    done = together.carry_out(makers, ids, "greeter", by=ada)
    assert standing(makers) == before | {"Ben": ("greeter", "active"), "Chi": ("greeter", "active")}
    assert together.undo(done, by=ada) == 2
    assert standing(makers) == before


def test_undoing_leaves_alone_whom_somebody_changed_since(makers, ada, ben, ids):
    done = together.carry_out(makers, ids, "greeter", by=ada)
    roles.change(makers.memberships.get(person=ben), "host", is_contact=False, by=ada)
    assert together.undo(done, by=ada) == 1
    assert standing(makers)["Ben"] == ("host", "active")


def test_a_pause_for_many_is_taken_back(makers, ada, ids):
    done = together.carry_out(makers, ids, "pause", by=ada)
    assert standing(makers)["Chi"] == ("member", "paused")
    together.undo(done, by=ada)
    assert standing(makers)["Chi"] == ("member", "active")


def test_it_is_undone_once_and_within_the_hour(makers, ada, ids):
    done = together.carry_out(makers, ids, "host", by=ada)
    BulkChange.objects.update(done_at=now() - timedelta(minutes=61))
    with pytest.raises(Refusal):
        together.undo(done, by=ada)
    BulkChange.objects.update(done_at=now())
    together.undo(done, by=ada)
    with pytest.raises(Refusal):
        together.undo(done, by=ada)


def test_nobody_to_change_is_no_change(makers, ada, ids):
    together.carry_out(makers, ids, "greeter", by=ada)
    assert together.carry_out(makers, ids, "greeter", by=ada) is None
    assert BulkChange.objects.count() == 1


def test_members_of_another_circle_are_not_touched(makers, forum, ada, ben):
    theirs = forum.memberships.get(person=ben)
    assert together.carry_out(makers, [theirs.pk], "greeter", by=ada) is None
    theirs.refresh_from_db()
    assert theirs.role == "member"


def test_only_organisers_and_only_ones_own(makers, ada, ben, ids):
    with pytest.raises(PermissionDenied):
        together.plan(makers, ids, "pause", by=ben)
    done = together.carry_out(makers, ids, "host", by=ada)
    makers.memberships.filter(person=ben).update(role="organiser")
    with pytest.raises(PermissionDenied):
        together.undo(done, by=ben)


def test_the_pages_from_the_list_to_the_undo(client, makers, ada, ids):
    client.force_login(ada)
    chosen = {"act": "host", "member": ids}
    preview = client.post("/circles/makers/members/together/", chosen)
    assert "2 people change:" in preview.text
    assert BulkChange.objects.count() == 0
    page = client.post("/circles/makers/members/together/", chosen | {"yes": "1"}, follow=True)
    assert "2 members changed." in page.text
    assert "Make them hosts: 2 members." in page.text
    change = BulkChange.objects.get()
    page = client.post(f"/circles/makers/members/together/{change.pk}/undo/", follow=True)
    assert "2 members are as before." in page.text
    assert standing(makers)["Ben"] == ("member", "active")


@pytest.mark.parametrize(
    "wrong",
    [{}, {"act": "pause"}, {"act": "remove", "member": "1"}, {"act": "pause", "member": ["x", "9" * 30]}],
)
def test_nothing_chosen_changes_nothing(client, makers, ada, wrong):
    client.force_login(ada)
    page = client.post("/circles/makers/members/together/", wrong, follow=True)
    assert "Choose some members, and what to do." in page.text


def test_organisers_see_how_many_there_are_in_each_state(client, makers, ada, dot):
    makers.memberships.create(person=dot, state="applied")
    client.force_login(ada)
    page = client.get("/circles/makers/members/").text
    assert '<a href="?state=active">Active 3</a>' in page
    assert '<a href="?state=applied">Applied 1</a>' in page


def refused(person, **fields):
    said = {
        "kind": "x",
        "person": person,
        "address": person.email,
        "language": "en",
        "subject": "x",
        "text": "x",
    }
    return Mail.objects.create(**said, last_error="SMTPRecipientsRefused", **fields)


def test_organisers_see_whom_our_mail_does_not_reach_until_it_does(client, makers, ada, ben, dot):
    client.force_login(ada)
    refused(ben, state="dead")
    refused(dot, state="dead")
    page = client.get("/circles/makers/members/").text
    assert "Our mail does not reach them" in page
    assert "Dot" not in page
    Mail.objects.create(
        kind="x", person=ben, address=ben.email, language="en", subject="x", text="x",
        state="sent", sent_at=now(),
    )  # fmt: skip
    assert "Our mail does not reach them" not in client.get("/circles/makers/members/").text


def test_a_first_refusal_and_an_error_of_ours_are_no_bounce(client, makers, ada, ben, chi):
    client.force_login(ada)
    refused(ben, state="queued", tries_count=1)
    refused(chi, state="queued", tries_count=5)
    Mail.objects.filter(person=chi).update(last_error="ConnectionRefusedError: [Errno 111]")
    assert "Our mail does not reach them" not in client.get("/circles/makers/members/").text
    Mail.objects.filter(person=ben).update(tries_count=4)
    assert "Our mail does not reach them" in client.get("/circles/makers/members/").text


def test_the_list_takes_the_same_number_of_questions_for_many(
    client, makers, ada, person, django_assert_max_num_queries
):
    client.force_login(ada)
    for count in (3, 20):
        for number in range(count):
            somebody = person(f"Many{count}x{number} Moe")
            Membership.objects.create(circle=makers, person=somebody, came_at=now())
            refused(somebody, state="dead")
        with django_assert_max_num_queries(20):
            client.get("/circles/makers/members/")
