"""Who may say that a gathering gives certificates, and which ones give none."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles.models import Circle
from peerhood.growth.certificates import offering, queries
from peerhood.growth.models import Certificate, CertificateOffer
from peerhood.platform.refusals import Refusal

SAID = {"title": "A title", "outcomes": "Knows", "quarters": 4}
FILLED_IN = {"title": "A title", "outcomes": "Knows how\n\n  Asks first  ", "hours": "1.5"}


def page_of(gathering):
    return f"/growth/certificates/of/{gathering.pk}/"


def test_whoever_runs_it_gives_certificates_and_a_member_does_not(as_, ada, ben, afternoon):
    refused = as_(ben).post(page_of(afternoon), FILLED_IN)
    assert (refused.status_code, CertificateOffer.objects.count()) == (403, 0)
    assert as_(ada).post(page_of(afternoon), FILLED_IN).status_code == 302
    offered = CertificateOffer.objects.get()
    assert (offered.title, offered.outcome_lines, offered.quarters) == (
        "A title",
        ["Knows how", "Asks first"],
        6,
    )
    for act in (lambda: offering.offer(afternoon, by=ben, **SAID), lambda: offering.stop(afternoon, by=ben)):
        with pytest.raises(PermissionDenied):
            act()


def test_the_title_and_the_agendas_hours_are_proposed(as_, ada, agenda):
    page = as_(ada).get(page_of(agenda)).text
    assert f'value="{agenda.title}"' in page
    assert 'value="1.5"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcomes": "One\n" * 9},
        {"outcomes": "x" * 161},
        {"outcomes": " \n "},
        {"title": "x" * 121},
        {"title": "a\0b"},
        {"hours": "0"},
        {"hours": "9" * 4000},
        {"hours": "24.25"},
    ],
)
def test_what_fits_on_no_certificate_is_refused_and_nothing_is_lost(as_, ada, afternoon, wrong):
    refused = as_(ada).post(page_of(afternoon), FILLED_IN | {"title": "Keep me"} | wrong)
    assert refused.status_code == 422
    assert "title" in wrong or "Keep me" in refused.text
    assert not CertificateOffer.objects.exists()


@pytest.mark.parametrize(
    ("level", "gives"), [("open", True), ("chatham", True), ("agenda-only", False), ("confidential", False)]
)
def test_only_what_a_calendar_may_name_gives_certificates(as_, ada, ben, afternoon, level, gives):
    afternoon.agenda.create(position=0, kind="talk", title="x", length_minutes=9, confidentiality=level)
    assert as_(ada).post(page_of(afternoon), FILLED_IN).status_code == (302 if gives else 409)
    assert CertificateOffer.objects.exists() == gives


def test_a_closed_circles_gathering_gives_none(ada, afternoon, makers):
    makers.kind = Circle.Kind.INVITATION_ONLY
    makers.save()
    afternoon.circle.refresh_from_db()
    with pytest.raises(Refusal):
        offering.offer(afternoon, by=ada, **SAID)


def test_what_became_stricter_or_closed_gives_none_any_more(given, ben, makers):
    assert list(queries.to_fetch(ben)) == [given]
    item = given.agenda.create(
        position=0, kind="talk", title="x", length_minutes=9, confidentiality="confidential"
    )
    assert not queries.to_fetch(ben)
    item.delete()
    assert queries.to_fetch(ben)
    Circle.objects.update(kind=Circle.Kind.IN_HOUSE)
    assert not queries.to_fetch(ben)


def test_giving_no_more_leaves_those_that_were_given(as_, ada, given, certificate):
    as_(ada).post(f"{page_of(given)}stop/")
    assert not CertificateOffer.objects.exists()
    assert Certificate.objects.get().is_valid
    assert as_(ada).post(f"{page_of(given)}stop/").status_code == 302


def test_other_words_stand_on_those_to_come_and_not_on_those_that_were_given(ada, given, certificate):
    offering.offer(given, by=ada, **SAID)
    certificate.refresh_from_db()
    assert certificate.title == "Nyttorealisering på riktigt"
    assert CertificateOffer.objects.get().uid == certificate.achievement_uid


def test_the_page_names_nobody_who_fetched_one(as_, ada, given, certificate):
    page = as_(ada).get(page_of(given)).text
    assert "Ben Berg" not in page
    assert str(certificate.uid) not in page
