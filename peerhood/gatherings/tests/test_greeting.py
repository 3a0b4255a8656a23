from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.timezone import now

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import co_hosting, planning, rsvp
from peerhood.gatherings.coming import greeting
from peerhood.gatherings.models import Rsvp
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.people.own_data import erasing
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tomorrow(gathering, makers, ada, ben):
    """Tomorrow's gathering; Ada hosts it and has been before, as has Ben, who comes."""
    earlier = gathering(makers, starts_at=now() - timedelta(days=90))
    for regular in (ada, ben):
        earlier.rsvps.create(person=regular, status="going", checked_in_at=earlier.starts_at)
    hall = gathering(makers, starts_at=now() + timedelta(hours=25))
    hall.hosts.add(ada)
    rsvp.attend(hall, ben)
    return hall


def make_greeter(circle, *people):
    circle.memberships.filter(person__in=people).update(role=Membership.Role.GREETER)


def met_by(gathering, person):
    return gathering.rsvps.get(person=person).greeter


def mails(kind):
    return [mail.address for mail in Mail.objects.filter(kind=f"gatherings/{kind}").order_by("address")]


def later(gathering, hours=25):
    """Let the day before come."""
    gathering.starts_at = now() + timedelta(hours=hours)
    gathering.ends_at = gathering.starts_at + timedelta(hours=3)
    gathering.save(update_fields=["starts_at", "ends_at"])


def test_nobody_is_named_a_week_before_and_everybody_new_the_day_before(gathering, makers, ada, chi):
    hall = gathering(makers)
    hall.hosts.add(ada)
    rsvp.attend(hall, chi)
    greeting.name_all_due()
    assert met_by(hall, chi) is None
    later(hall)
    greeting.name_all_due()
    assert met_by(hall, chi) == ada


def test_both_hear_of_it_once(tomorrow, ada, chi):
    rsvp.attend(tomorrow, chi)
    for _thrice in range(3):
        greeting.name_all_due()
    assert (mails("who_meets_you"), mails("to_meet")) == (["chi@example.org"], ["ada@example.org"])
    mail = Mail.objects.get(kind="gatherings/who_meets_you")
    assert "Ada" in mail.text
    assert tomorrow.title in mail.text
    assert "Chi Chen" in Mail.objects.get(kind="gatherings/to_meet").text


def test_whoever_knows_the_way_is_given_nobody(tomorrow, ben):
    greeting.name_all_due()
    assert met_by(tomorrow, ben) is None


def test_greeters_who_come_are_named_before_hosts_and_share_the_newcomers(
    tomorrow, makers, ada, ben, chi, person
):
    make_greeter(makers, ben, chi)
    greeter_too = makers.memberships.create(person=person("Gry Greeter"), role=Membership.Role.GREETER)
    earlier = makers.gatherings.earliest("starts_at")
    for regular in (chi, greeter_too.person):
        earlier.rsvps.create(person=regular, status="going", checked_in_at=earlier.starts_at)
    rsvp.attend(tomorrow, greeter_too.person)  # Chi does not come
    for number in range(4):
        new = makers.memberships.create(person=person(f"New{number} Nilsson")).person
        rsvp.attend(tomorrow, new)
    named = [each.greeter.name for each in greeting.newcomers_of(tomorrow)]
    assert sorted(named) == ["Ben Berg"] * 2 + ["Gry Greeter"] * 2


def test_whoever_welcomed_them_into_the_circle_meets_them_again(tomorrow, makers, ada, ben, chi):
    makers.memberships.filter(person=ben).update(role=Membership.Role.ORGANISER)
    makers.memberships.filter(person=chi).update(greeter=ben)
    rsvp.attend(tomorrow, chi)
    assert met_by(tomorrow, chi) == ben  # and not Ada, who hosts


def test_a_late_yes_is_given_somebody_at_once_and_a_very_late_one_no_mail(tomorrow, ada, chi):
    later(tomorrow, hours=0.5)
    rsvp.attend(tomorrow, chi)
    assert met_by(tomorrow, chi) == ada
    assert mails("who_meets_you") == mails("to_meet") == []


def test_those_of_a_greeter_who_gives_up_the_seat_get_another(tomorrow, makers, ada, ben, chi):
    make_greeter(makers, ben)
    rsvp.attend(tomorrow, chi)
    assert met_by(tomorrow, chi) == ben
    rsvp.withdraw(tomorrow, ben)
    assert met_by(tomorrow, chi) == ada
    assert mails("who_meets_you") == ["chi@example.org"] * 2


def test_those_of_a_greeter_who_is_erased_get_another(tomorrow, makers, ada, ben, chi):
    make_greeter(makers, ben)
    rsvp.attend(tomorrow, chi)
    erasing.erase(ben)
    greeting.name_all_due()
    assert met_by(tomorrow, chi) == ada


def test_a_host_who_cannot_come_meets_nobody(tomorrow, ada, chi):
    tomorrow.rsvps.create(person=ada, status=Rsvp.Status.DECLINED)
    rsvp.attend(tomorrow, chi)
    assert met_by(tomorrow, chi) is None


def test_nobody_meets_themselves(tomorrow, makers, ben):
    """A greeter's own first time: the host meets them."""
    makers.gatherings.earliest("starts_at").rsvps.filter(person=ben).delete()
    make_greeter(makers, ben)
    greeting.name_all_due()
    assert met_by(tomorrow, ben).name == "Ada Andersson"


@pytest.mark.parametrize("whose_wish", ["newcomer", "greeter"])
def test_somebody_they_would_rather_not_be_with_is_not_named(tomorrow, makers, ada, ben, chi, whose_wish):
    make_greeter(makers, ben)
    silence.keep_apart(*((chi, ben) if whose_wish == "newcomer" else (ben, chi)))
    rsvp.attend(tomorrow, chi)
    assert met_by(tomorrow, chi) == ada


def test_without_that_wish_the_greeter_would_have_been_named(tomorrow, makers, ben, chi):  # the control
    make_greeter(makers, ben)
    rsvp.attend(tomorrow, chi)
    assert met_by(tomorrow, chi) == ben


def test_greeters_of_the_other_circle_meet_newcomers_too(tomorrow, makers, ada, dot, chi):
    sowers = Circle.objects.create(name="Sowers", slug="sowers", language="en", time_zone="Europe/Stockholm")
    sowers.memberships.create(person=dot, role=Membership.Role.ORGANISER)
    asked = co_hosting.ask(tomorrow, sowers, by=ada)
    co_hosting.agree(asked, by=dot)
    make_greeter(sowers, dot)
    earlier = makers.gatherings.earliest("starts_at")
    earlier.rsvps.create(person=dot, status="going", checked_in_at=earlier.starts_at)
    for each in (dot, chi):
        rsvp.attend(tomorrow, each)
    assert met_by(tomorrow, chi) == dot


# Nobody is left


@pytest.fixture
def alone(tomorrow, chi):
    """Chi is new; the host cannot come, and Ben is no greeter."""
    tomorrow.hosts.clear()
    rsvp.attend(tomorrow, chi)
    return tomorrow.rsvps.get(person=chi)


def test_organisers_hear_of_whom_nobody_meets(client, alone, ada):
    assert mails("nobody_meets") == ["ada@example.org"]
    assert "Chi Chen" in Mail.objects.get(kind="gatherings/nobody_meets").text
    greeting.name_all_due()
    assert mails("nobody_meets") == ["ada@example.org"]
    client.force_login(ada)
    assert "nobody meets them yet: Chi Chen" in client.get(f"/gatherings/{alone.gathering_id}/").text
    page = client.get(f"/gatherings/{alone.gathering_id}/newcomers/").text
    assert "Nobody meets them yet" in page
    assert "Choose who meets them" in client.get("/").text


def test_an_organiser_chooses_somebody_who_comes(client, alone, ada, ben):
    client.force_login(ada)
    path = f"/gatherings/{alone.gathering_id}/newcomers/"
    done = client.post(f"{path}{alone.pk}/", {"greeter": ben.pk}, follow=True)
    assert "Ben Berg meets Chi Chen." in done.text
    assert (mails("who_meets_you"), mails("to_meet")) == (["chi@example.org"], ["ben@example.org"])
    # Ben has no role, and stays who was chosen.
    greeting.name_all_due()
    alone.refresh_from_db()
    assert alone.greeter == ben
    assert "Choose who meets them" not in client.get("/").text
    assert "nobody meets" not in client.get(f"/gatherings/{alone.gathering_id}/").text


def test_only_those_at_the_door_choose_and_only_somebody_who_comes(client, alone, ada, ben, chi, dot):
    path = f"/gatherings/{alone.gathering_id}/newcomers/{alone.pk}/"
    for other in (ben, chi, dot):
        client.force_login(other)
        assert client.post(path, {"greeter": ben.pk}).status_code == 403
        with pytest.raises(PermissionDenied):
            greeting.choose(alone, ben, by=other)
    client.force_login(ada)
    for nobody in (dot.pk, 0, "x", "9" * 30, ""):
        assert client.post(path, {"greeter": nobody}).status_code == 404
    for not_them in (dot, chi):
        with pytest.raises(Refusal):
            greeting.choose(alone, not_them, by=ada)
    alone.refresh_from_db()
    assert alone.greeter is None


def test_after_the_gathering_nobody_is_chosen(alone, ada, ben):
    later(alone.gathering, hours=-10)
    with pytest.raises(Refusal):
        greeting.choose(alone, ben, by=ada)
    later(alone.gathering)
    planning.cancel(alone.gathering, by=ada)
    with pytest.raises(Refusal):
        greeting.choose(alone, ben, by=ada)


def test_a_seat_of_another_gathering_is_not_reached_through_this_one(client, alone, breakfast, ada, ben):
    client.force_login(ada)
    path = f"/gatherings/{breakfast.pk}/newcomers/{alone.pk}/"
    assert client.post(path, {"greeter": ben.pk}).status_code == 404
    alone.refresh_from_db()
    assert alone.greeter is None


def test_a_newcomer_reads_who_meets_them_and_before_that_when_they_will_hear(
    client, gathering, makers, ada, chi
):
    hall = gathering(makers)
    hall.hosts.add(ada)
    rsvp.attend(hall, chi)
    client.force_login(chi)
    path = f"/gatherings/{hall.pk}/placed/"
    assert "you hear their name the day before" in client.get(path).text
    later(hall)
    greeting.name_all_due()
    assert "Ada Andersson meets you at the door" in client.get(path).text


def test_a_closed_circle_is_not_named_in_the_subject(breakfast, ada, ben):
    later(breakfast)
    rsvp.attend(breakfast, ben)
    kinds = ["gatherings/who_meets_you", "gatherings/to_meet"]
    subjects = Mail.objects.filter(kind__in=kinds).values_list("subject", flat=True)
    assert len(subjects) == 2
    assert not [subject for subject in subjects if "Canary" in subject or "Gryning" in subject]


def test_two_workers_at_once_name_one_greeter_and_write_once(tomorrow, makers, ben, chi):
    make_greeter(makers, ben)
    with_seat = tomorrow.rsvps.create(person=chi, status="going")
    at_once(*[greeting.name_all_due] * 2)
    with_seat.refresh_from_db()
    assert with_seat.greeter == ben
    assert (mails("who_meets_you"), mails("to_meet")) == (["chi@example.org"], ["ben@example.org"])
    assert Entry.objects.filter(name="rsvp.greeter_named").count() == 1


def test_control_without_the_lock_both_name_one(tomorrow, makers, ben, chi, monkeypatch):
    """Both look before either has written: a rendezvous stands where the lock was."""
    make_greeter(makers, ben)
    tomorrow.rsvps.create(person=chi, status="going")
    both, newcomers_of = Barrier(2, timeout=2), greeting.newcomers_of

    def look(gathering):
        found = newcomers_of(gathering)
        with suppress(BrokenBarrierError):
            both.wait()
        return found

    monkeypatch.setattr(greeting, "newcomers_of", look)
    monkeypatch.setattr(greeting, "_lock", lambda gathering: gathering)
    at_once(*[greeting.name_all_due] * 2)
    if connection.vendor == "postgresql":  # SQLite lets one writer in at a time
        assert Entry.objects.filter(name="rsvp.greeter_named").count() == 2
