from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles import welcoming
from peerhood.circles.entering import applying, joining
from peerhood.circles.models import Membership
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_makers(makers, ada):
    makers.kind = "open"
    makers.save()
    return makers


@pytest.fixture
def newcomer(open_makers, dot):
    """Dot has just joined; Ada, the only contact person, welcomes her."""
    return Membership.objects.get(pk=joining.join(open_makers, dot).pk)


def mails(kind):
    return [mail.address for mail in Mail.objects.filter(kind=f"circles/{kind}").order_by("pk")]


def test_whoever_joins_has_a_named_greeter_who_hears_of_it(newcomer, ada):
    assert newcomer.greeter == ada
    assert mails("greet") == ["ada@example.org"]


def test_greeters_come_before_contact_persons(open_makers, chi, dot):
    open_makers.memberships.filter(person=chi).update(role="greeter")
    assert Membership.objects.get(pk=joining.join(open_makers, dot).pk).greeter == chi


def test_newcomers_are_shared_out_among_the_greeters(open_makers, ben, chi, person):
    open_makers.memberships.filter(person__in=[ben, chi]).update(role="greeter")
    for number in range(4):
        joining.join(open_makers, person(f"New{number} Nilsson"))
    given = open_makers.memberships.exclude(greeter=None).values_list("greeter", flat=True)
    assert sorted(given) == sorted([ben.pk, chi.pk] * 2)


def test_an_accepted_applicant_has_one_too(makers, ada, dot):
    applied = applying.apply(makers, dot)
    applying.accept(applied, by=ada, reason="Welcome.")
    applied.refresh_from_db()
    assert applied.greeter == ada


def test_whoever_is_alone_has_nobody(open_makers, ada, ben, chi, dot):
    Membership.objects.exclude(person=ben).update(state="left", is_contact=False, role="member")
    assert joining.join(open_makers, dot).greeter is None


def test_a_greeter_writes_once_and_can_be_answered(client, newcomer, ada):
    client.force_login(ada)
    page = client.get(f"/circles/makers/members/{newcomer.pk}/greet/")
    assert "welcome to Makers" in page.text
    client.post(f"/circles/makers/members/{newcomer.pk}/greet/", {"text": "Hello Dot, see you on Thursday."})
    mail = Mail.objects.get(kind="circles/greeting")
    assert (mail.address, "see you on Thursday" in mail.text, "ada@example.org" in mail.text) == (
        "dot@example.org",
        True,
        True,
    )
    newcomer.refresh_from_db()
    assert newcomer.greeted_at is not None
    with pytest.raises(Refusal):
        welcoming.greet(newcomer, "again", by=ada)


def test_empty_words_are_asked_for_again(client, newcomer, ada):
    client.force_login(ada)
    assert client.post(f"/circles/makers/members/{newcomer.pk}/greet/", {"text": " "}).status_code == 422


def test_a_greeter_who_cannot_asks_another(client, newcomer, open_makers, ada, ben):
    client.force_login(ada)
    other = open_makers.memberships.get(person=ben)
    client.post(f"/circles/makers/members/{newcomer.pk}/greeter/", {"greeter": other.pk})
    newcomer.refresh_from_db()
    assert newcomer.greeter == ben
    assert mails("greet") == ["ada@example.org", "ben@example.org"]


@pytest.mark.parametrize("wrong", ["", "x", "0", "99999999999999999999"])
def test_only_somebody_of_the_circle_can_be_asked(client, newcomer, ada, wrong):
    client.force_login(ada)
    answer = client.post(f"/circles/makers/members/{newcomer.pk}/greeter/", {"greeter": wrong})
    assert answer.status_code == 404


def test_nobody_else_welcomes_in_their_place(newcomer, open_makers, ben, chi):
    with pytest.raises(PermissionDenied):
        welcoming.greet(newcomer, "Hello", by=ben)
    with pytest.raises(PermissionDenied):
        welcoming.ask_another(newcomer, open_makers.memberships.get(person=chi), by=ben)


def test_whoever_has_not_written_within_a_day_is_asked_once_more(newcomer):
    assert welcoming.remind_greeters() == 0
    Membership.objects.filter(pk=newcomer.pk).update(came_at=now() - timedelta(hours=25))
    assert welcoming.remind_greeters() == 1
    welcoming.remind_greeters()
    assert mails("greet_again") == ["ada@example.org"]


def test_whoever_was_left_without_a_greeter_is_given_one(newcomer, ada):
    Membership.objects.filter(pk=newcomer.pk).update(greeter=None)
    welcoming.remind_greeters()
    newcomer.refresh_from_db()
    assert newcomer.greeter == ada


def test_a_greeter_who_leaves_passes_their_newcomers_on(open_makers, chi, dot, ada):
    open_makers.memberships.filter(person=chi).update(role="greeter")
    newcomer = joining.join(open_makers, dot)
    joining.leave(open_makers, chi)
    newcomer = Membership.objects.get(pk=newcomer.pk)
    assert newcomer.greeter == ada


def test_organisers_see_who_waits_and_for_whom(client, newcomer, ada, ben):
    client.force_login(ada)
    page = client.get("/circles/makers/members/").text
    assert "1 newcomer nobody has written to" in page
    assert "Ada Andersson is asked to write" in page
    welcoming.greet(newcomer, "Hello", by=ada)
    assert "nobody has written to" not in client.get("/circles/makers/members/").text
    client.force_login(ben)
    assert "nobody has written to" not in client.get("/circles/makers/members/").text


def test_the_circles_own_founders_and_lists_are_no_newcomers(makers, ada):
    assert list(welcoming.not_welcomed(makers)) == []


def test_a_newcomer_reads_who_meets_them_and_what_happens(client, newcomer, dot):
    client.force_login(dot)
    assert "/circles/makers/first-time/" in client.get("/circles/makers/").text
    page = client.get("/circles/makers/first-time/").text
    for said in ("Ada Andersson", "Writes to you within a day.", "What kind of PMO do you work in?"):
        assert said in page


def test_who_came_long_ago_is_not_told_about_a_first_gathering(client, newcomer, dot):
    Membership.objects.filter(pk=newcomer.pk).update(came_at=now() - timedelta(days=61))
    client.force_login(dot)
    assert "/circles/makers/first-time/" not in client.get("/circles/makers/").text


def test_the_subject_of_no_mail_names_a_closed_circle(forum, ada, chi):
    forum.memberships.create(person=chi, came_at=now())
    membership = forum.memberships.get(person=chi)
    welcoming.name_greeter(membership)
    welcoming.greet(membership, "Hello", by=ada)
    assert Mail.objects.count() == 2
    assert [mail.subject for mail in Mail.objects.all() if "Gryningsforum" in mail.subject] == []
