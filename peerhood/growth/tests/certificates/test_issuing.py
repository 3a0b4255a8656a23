"""Who gets one, and what ends it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from peerhood.circles.entering import joining
from peerhood.gatherings.models import Gathering
from peerhood.growth.certificates import issuing, offering, queries
from peerhood.growth.models import Certificate
from peerhood.journal.models import Entry as Journaled
from peerhood.notices.models import Mail
from peerhood.people import affiliations
from peerhood.people.own_data import erasing
from peerhood.platform.refusals import Refusal
from tests.threads import at_once


def fetch(browser, gathering):
    return browser.post(f"/growth/certificates/of/{gathering.pk}/fetch/")


def test_whoever_was_there_fetches_theirs(as_, ben, given):
    browser = as_(ben)
    assert f"/growth/certificates/of/{given.pk}/fetch/" in browser.get("/growth/certificates/").text
    assert not Certificate.objects.exists()
    where = fetch(browser, given).url
    made = Certificate.objects.get()
    assert where == f"/growth/certificates/{made.uid}/"
    assert (made.holder, made.name, made.provider, made.quarters, made.day) == (
        ben,
        "Ben Berg",
        "Makers",
        14,
        given.starts_at.astimezone(given.zone).date(),
    )
    assert f"/growth/certificates/of/{given.pk}/fetch/" not in browser.get("/growth/certificates/").text


def test_who_was_not_checked_in_gets_none(as_, chi, dot, given):
    for person in (chi, dot):
        assert fetch(as_(person), given).status_code == 404
        assert not queries.to_fetch(person)
        with pytest.raises(PermissionDenied):
            issuing.issue(given, by=person)
    assert not Certificate.objects.exists()


def test_control_whoever_was_not_there_would_get_one_if_nobody_asked(monkeypatch, chi, given):
    monkeypatch.setattr(issuing, "was_there", lambda person, gathering: True)
    assert issuing.issue(given, by=chi).name == "Chi Chen"


def test_before_it_is_over_nobody_gets_one(as_, ada, ben, gathering, makers):
    coming = gathering(makers)
    coming.rsvps.create(person=ben, status="going", checked_in_at=coming.starts_at)
    offering.offer(coming, by=ada, title="x", outcomes="y", quarters=4)
    assert fetch(as_(ben), coming).status_code == 404
    Gathering.objects.filter(pk=coming.pk).update(
        starts_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=1)
    )
    assert fetch(as_(ben), coming).status_code == 302


def test_what_gives_none_gives_none(as_, ben, afternoon):
    assert fetch(as_(ben), afternoon).status_code == 409


def test_a_level_that_became_stricter_gives_none(as_, ben, given):
    given.agenda.create(position=0, kind="talk", title="x", length_minutes=9, confidentiality="confidential")
    assert fetch(as_(ben), given).status_code == 409
    assert not Certificate.objects.exists()


def test_who_fetches_twice_gets_the_same_one(as_, ben, given, certificate):
    assert fetch(as_(ben), given).url == certificate.get_absolute_url()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            holder=ben,
            gathering=given,
            achievement_uid=uuid4(),
            quarters=1,
            day=certificate.day,
            language="en",
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_certificate_comes(given, ben):
    first, second = at_once(*[lambda: issuing.issue(given, by=ben)] * 2)
    assert first == second == Certificate.objects.get()


def test_without_a_name_there_is_none(given, ben):
    ben.name = ""
    ben.save()
    with pytest.raises(Refusal, match="bears your name"):
        issuing.issue(given, by=ben)


def test_it_keeps_the_name_as_it_was_printed(certificate, ben):
    ben.name = "Benjamin Other"
    ben.save()
    certificate.refresh_from_db()
    assert certificate.name == "Ben Berg"


def test_it_outlives_the_job_the_circle_and_the_gathering(client, certificate, ben, given, makers):
    job = affiliations.add(ben, "Old Employer", title="Lead")
    affiliations.end(job, by=ben)
    joining.leave(makers, ben)
    given.delete()
    page = client.get(certificate.get_absolute_url())
    assert page.status_code == 200
    assert "Ben Berg" in page.text
    assert "Nyttorealisering på riktigt" in page.text


def test_its_holder_withdraws_it_and_puts_it_in_force_again(as_, ben, certificate):
    browser, where = as_(ben), certificate.get_absolute_url()
    for _press in range(2):
        browser.post(f"{where}withdraw/")
        certificate.refresh_from_db()
        assert not certificate.is_valid
    for _press in range(2):
        browser.post(f"{where}put-in-force/")
        certificate.refresh_from_db()
        assert certificate.is_valid
    names = list(Journaled.objects.filter(name__startswith="certificate.").values_list("name", flat=True))
    assert sorted(names) == ["certificate.issued", "certificate.put_in_force", "certificate.withdrawn"]


def test_nobody_else_withdraws_it_or_gets_its_files(as_, ada, chi, certificate):
    where = certificate.get_absolute_url()
    for other in (ada, chi):
        browser = as_(other)
        assert [browser.post(f"{where}{act}/").status_code for act in ("withdraw", "put-in-force")] == [
            404,
            404,
        ]
        assert [browser.get(f"{where}certificate.{kind}").status_code for kind in ("pdf", "json")] == [
            404,
            404,
        ]
        for act in (issuing.withdraw, issuing.put_in_force):
            with pytest.raises(PermissionDenied):
                act(certificate, by=other)
    certificate.refresh_from_db()
    assert certificate.is_valid


def take_back(browser, gathering, uid, reason="It says the wrong day."):
    return browser.post(
        f"/growth/certificates/of/{gathering.pk}/take-back/", {"uid": str(uid), "reason": reason}
    )


def test_whoever_runs_it_takes_one_back_by_its_id_and_its_holder_is_told(
    as_, ada, ben, client, given, certificate
):
    assert take_back(as_(ada), given, f" {certificate.uid.hex.upper()} ").status_code == 302
    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.withdrawn_with) == (False, "It says the wrong day.")
    mail = Mail.objects.get(kind="growth/certificate_taken_back")
    assert mail.address == ben.email
    assert "It says the wrong day." in mail.text
    # Why is for its holder alone, and they cannot undo it.
    assert "It says the wrong day." in as_(ben).get(certificate.get_absolute_url()).text
    assert as_(ben).post(f"{certificate.get_absolute_url()}put-in-force/").status_code == 409
    client.logout()
    page = client.get(certificate.get_absolute_url()).text
    assert "not valid any more" in page
    assert "It says the wrong day." not in page


def test_what_its_holder_withdrew_can_be_taken_back_and_then_stays_so(as_, ada, ben, given, certificate):
    issuing.withdraw(certificate, by=ben)
    assert take_back(as_(ada), given, certificate.uid).status_code == 302
    assert take_back(as_(ada), given, certificate.uid).status_code == 409
    with pytest.raises(Refusal):
        issuing.put_in_force(certificate, by=ben)
    assert Mail.objects.filter(kind="growth/certificate_taken_back").count() == 1


@pytest.mark.parametrize("uid", ["0a7e4c1e-5d0b-4c52-9d3e-3f6a0c1b2d4f", "no id", "1", "²"])
def test_an_id_that_is_none_of_its_own_is_refused(as_, ada, given, certificate, uid):
    assert take_back(as_(ada), given, uid).status_code == 409
    assert Certificate.objects.get().is_valid


def test_one_of_another_gathering_is_not_taken_back(as_, ada, gathering, makers, certificate):
    other = gathering(makers)
    assert take_back(as_(ada), other, certificate.uid).status_code == 409
    assert Certificate.objects.get().is_valid


@pytest.mark.parametrize("said", [{"reason": ""}, {"reason": "x" * 301}, {"uid": ""}, {"uid": "x" * 61}])
def test_taking_one_back_takes_its_id_and_a_reason(as_, ada, given, certificate, said):
    told = {"uid": str(certificate.uid), "reason": "Wrong."} | said
    refused = as_(ada).post(f"/growth/certificates/of/{given.pk}/take-back/", told)
    assert refused.status_code == 422
    assert said.get("uid") is not None or str(certificate.uid) in refused.text
    assert Certificate.objects.get().is_valid


def test_a_member_takes_none_back(as_, chi, given, certificate):
    assert take_back(as_(chi), given, certificate.uid).status_code == 403
    with pytest.raises(PermissionDenied):
        issuing.take_back(given, str(certificate.uid), "No.", by=chi)
    assert Certificate.objects.get().is_valid


def test_after_an_erasure_there_is_no_such_certificate(client, ben, certificate):
    erasing.erase(ben)
    page = client.get(certificate.get_absolute_url())
    never = client.get(f"/growth/certificates/{uuid4()}/")
    assert (page.status_code, never.status_code) == (404, 404)
    assert "There is no such certificate" in page.text
    assert "Ben Berg" not in page.text
    assert "riktigt" not in page.text
