"""The page that confirms one, the paper and the badge."""

import json
from hashlib import sha256
from io import BytesIO
from uuid import uuid4

import pytest
import zxingcpp
from django.conf import settings
from pypdf import PdfReader

from peerhood.circles.models import Circle
from peerhood.gatherings.tests.reading_paper import lines_of, pages_of
from peerhood.growth.certificates import badge, issuing, offering, paper, queries
from peerhood.growth.models import Certificate

FULL = {
    "title": "Å" * 120,
    "outcomes": "\n".join(["Ö" * 79 + " " + "ä" * 80] * 8),
    "quarters": 14,
}


def test_anybody_with_the_address_reads_what_stands_on_it(client, certificate):
    page = client.get(certificate.get_absolute_url())
    said = ("is valid", "Ben Berg", "Nyttorealisering på riktigt", "Makers", "3.5", str(certificate.uid))
    assert [word for word in (*said, "Mäter nyttan efter två år") if word not in page.text] == []
    # What is the holder's alone is not on it.
    assert [word for word in ("Withdraw", "certificate.pdf", "ben@example.org") if word in page.text] == []


def test_its_address_is_told_nobody_further(client, certificate):
    for uid in (certificate.uid, uuid4()):
        page = client.get(f"/growth/certificates/{uid}/")
        assert (page["Referrer-Policy"], page["X-Robots-Tag"], page["Cache-Control"]) == (
            "no-referrer",
            "noindex",
            "private, no-store",
        )
        assert '<meta name="robots" content="noindex">' in page.text
    assert "certificates" not in client.get("/sitemap.xml").text


def test_a_withdrawn_one_says_so_and_no_more(client, ben, certificate):
    issuing.withdraw(certificate, by=ben)
    page = client.get(certificate.get_absolute_url())
    assert page.status_code == 200
    assert "not valid any more" in page.text
    assert [word for word in ("Ben Berg", "riktigt", "Makers") if word in page.text] == []


def test_of_a_withdrawn_one_there_is_no_file(as_, ben, certificate):
    browser, where = as_(ben), certificate.get_absolute_url()
    files = [f"{where}certificate.pdf", f"{where}certificate.json"]
    assert [browser.get(file).status_code for file in files] == [200, 200]
    issuing.withdraw(certificate, by=ben)
    assert [browser.get(file).status_code for file in files] == [409, 409]


@pytest.mark.parametrize("is_stricter", [True, False])
def test_when_its_level_becomes_stricter_it_keeps_quiet(as_, client, ben, given, certificate, is_stricter):
    level = "confidential" if is_stricter else "open"
    given.agenda.create(position=0, kind="talk", title="x", length_minutes=9, confidentiality=level)
    browser, where = as_(ben), certificate.get_absolute_url()
    said = [
        browser.get(where).text,
        "".join(pages_of(browser.get(f"{where}certificate.pdf").content)),
        browser.get(f"{where}certificate.json").text,
        browser.get("/growth/certificates/").text,
    ]
    assert ["riktigt" in text for text in said] == [not is_stricter] * 4
    assert ["Network meeting" in text for text in said] == [is_stricter] * 4
    assert ["Mäter nyttan" in text for text in said] == [*[not is_stricter] * 3, False]
    assert ["Makers" in text for text in said[:3]] == [not is_stricter] * 3


def test_a_circle_that_was_closed_meanwhile_is_not_named(client, certificate):
    where = certificate.get_absolute_url()
    assert "Makers" in client.get(where).text
    Circle.objects.update(kind=Circle.Kind.IN_HOUSE)
    page = client.get(where).text
    assert "is valid" in page
    assert "Makers" not in page


def test_the_paper_says_all_of_it_in_its_own_letters(as_, ben, certificate):
    ben.name = "Åsa Äng-Öberg"
    ben.save()
    Certificate.objects.update(name=ben.name)
    answer = as_(ben).get(f"{certificate.get_absolute_url()}certificate.pdf")
    [page] = pages_of(answer.content)
    for said in (
        "Åsa Äng-Öberg",
        "Nyttorealisering på riktigt",
        "Mäter nyttan efter två år",
        "Frågar ägaren först",
        "3.5",
        "Makers",
        str(certificate.uid),
        "authorised provider",
    ):
        assert said in page
    assert answer["Cache-Control"] == "private, no-store"


def test_a_camera_reads_where_the_paper_is_confirmed(certificate):
    [page] = PdfReader(BytesIO(paper.made(certificate))).pages
    found = [code.text for image in page.images for code in zxingcpp.read_barcodes(image.image.convert("L"))]
    assert found == [f"{settings.SITE_URL}/growth/certificates/{certificate.uid}/"]


def test_the_paper_speaks_the_language_of_its_circle(certificate):
    certificate.language = "sv"
    assert "Varken Peerhood eller kretsen" in pages_of(paper.made(certificate))[0]
    certificate.language = "en"
    assert "Neither Peerhood nor the circle" in pages_of(paper.made(certificate))[0]


def test_the_longest_one_stays_on_one_page_and_within_it(given, ada, ben):
    ben.name = "Ö" * 60
    ben.save()
    offering.offer(given, by=ada, **FULL)
    body = paper.made(issuing.issue(given, by=ben))
    [page] = pages_of(body)
    assert page.replace("\n", "").count("ä" * 80) == 8
    assert max(ends for _text, _begins, ends in lines_of(body)) <= 210 - 15


def test_nothing_runs_into_the_code(given, ada, ben):
    offering.offer(given, by=ada, **FULL)
    certificate = issuing.issue(given, by=ben)
    heights = {}

    def visit(text, _cm, tm, _font, _size):
        if text.strip():
            heights[text.strip()] = 297 - tm[5] * 25.4 / 72

    PdfReader(BytesIO(paper.made(certificate))).pages[0].extract_text(visitor_text=visit)
    below = [y for text, y in heights.items() if text.startswith(("Ö", "ä"))]
    assert below
    assert max(below) < heights["Is it valid?"] - 8
    assert max(below) > 180


def told_of(as_, ben, certificate):
    answer = as_(ben).get(f"{certificate.get_absolute_url()}certificate.json")
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    return json.loads(answer.content)


def wrong_with(told):
    """What Open Badges 3.0 asks of a credential, appendix B.1.1 to B.1.14, and is not there."""
    subject = told.get("credentialSubject", {})
    achievement = subject.get("achievement", {})
    [identity] = subject.get("identifier", [{}])
    issuer = told.get("issuer", {})

    def is_uri(said):
        return isinstance(said, str) and said.startswith(("https://", "http://", "urn:uuid:"))

    rules = {
        "the contexts, in their order (B.1.2)": told.get("@context")
        == [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "an id (B.1.2)": is_uri(told.get("id")),
        "its types (B.1.2)": {"VerifiableCredential", "OpenBadgeCredential"} <= set(told.get("type", [])),
        "an issuer with an id (B.1.14)": is_uri(issuer.get("id")) and "Profile" in issuer.get("type", []),
        "a moment with its zone (B.1.2)": str(told.get("validFrom", "")).endswith("Z"),
        "a subject (B.1.3)": "AchievementSubject" in subject.get("type", []),
        "an id or an identifier (B.1.3)": bool(subject.get("id") or subject.get("identifier")),
        "an identity (B.1.12)": identity.get("type") == "IdentityObject" and identity.get("hashed") is True,
        "its hash (B.1.12)": str(identity.get("identityHash", "")).startswith("sha256$"),
        "its type (B.1.30)": identity.get("identityType") in ("emailAddress", "name"),
        "its salt (B.1.12)": bool(identity.get("salt")),
        "an achievement (B.1.1)": is_uri(achievement.get("id"))
        and "Achievement" in achievement.get("type", []),
        "a name (B.1.1)": bool(achievement.get("name")),
        "a description (B.1.1)": bool(achievement.get("description")),
        "criteria (B.1.6)": bool(achievement.get("criteria", {}).get("narrative")),
        "no proof that is none (B.1.2)": "proof" not in told,
    }
    return [rule for rule, holds in rules.items() if not holds]


def test_the_badge_keeps_the_rules_of_open_badges(as_, ben, certificate):
    told = told_of(as_, ben, certificate)
    assert wrong_with(told) == []
    assert told["id"] == certificate.address
    assert told["credentialSubject"]["achievement"]["name"] == "Nyttorealisering på riktigt"
    assert "Mäter nyttan efter två år" in told["credentialSubject"]["achievement"]["description"]


@pytest.mark.parametrize("field", ["@context", "id", "type", "issuer", "validFrom", "credentialSubject"])
def test_control_a_badge_that_lacks_a_field_is_found_out(as_, ben, certificate, field):
    told = told_of(as_, ben, certificate)
    del told[field]
    assert wrong_with(told) != []


def test_the_badge_tells_no_address_and_whoever_knows_it_recognises_its_holder(as_, ben, certificate):
    told = told_of(as_, ben, certificate)
    assert "ben@example.org" not in json.dumps(told)
    [identity] = told["credentialSubject"]["identifier"]
    salted = sha256(("ben@example.org" + identity["salt"]).encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${salted}"


def test_the_badge_of_somebody_without_an_address_is_their_names(ben):
    ben.email = None
    told = badge.identity(ben, "salt")
    assert told["identityType"] == "name"
    assert told["identityHash"] == "sha256$" + sha256(b"Ben Bergsalt").hexdigest()


def test_all_who_were_there_have_the_same_achievement(certificate, given, chi):
    given.rsvps.filter(person=chi).update(checked_in_at=given.starts_at)
    other = issuing.issue(given, by=chi)
    ids = {
        badge.told(each)["credentialSubject"]["achievement"]["id"]
        for each in queries.with_gathering(Certificate.objects.all())
    }
    assert ids == {certificate.achievement_uid.urn}
    assert other.uid != certificate.uid


@pytest.mark.parametrize("count", [1, 15])
def test_the_list_asks_the_same_however_long_it_is(
    as_, ada, ben, certificate, gathering, makers, count, django_assert_num_queries
):
    for number in range(2 * count):
        held = gathering(
            makers, starts_at=certificate.gathering.starts_at, ends_at=certificate.gathering.ends_at
        )
        held.rsvps.create(person=ben, status="going", checked_in_at=held.starts_at)
        offering.offer(held, by=ada, title=f"Number {number}", outcomes="x", quarters=4)
        if number % 2:
            issuing.issue(held, by=ben)
    browser = as_(ben)
    browser.get("/growth/certificates/")
    # Session and person, how many, the page of them, their gatherings, what is to fetch.
    with django_assert_num_queries(6):
        browser.get("/growth/certificates/")


def test_confirming_takes_one_look_and_its_level(client, certificate, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(certificate.get_absolute_url())
    with django_assert_num_queries(1):
        client.get(f"/growth/certificates/{uuid4()}/")


def test_who_has_none_is_told_when_there_will_be_one(as_, chi):
    assert "You have no certificate yet." in as_(chi).get("/growth/certificates/").text
