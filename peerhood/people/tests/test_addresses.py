from collections import Counter

import pytest
from allauth.account.models import EmailAddress

from peerhood.notices.models import Mail
from peerhood.people import addresses as addresses_act
from peerhood.people import affiliations

PAGE = "/me/addresses/"


@pytest.fixture
def page(client, ada):
    client.force_login(ada)
    return client


def addresses(person):
    rows = EmailAddress.objects.filter(user=person).order_by("pk")
    return [(row.email, row.verified, row.primary) for row in rows]


def test_an_address_is_added_by_its_code(page, ada, latest_code):
    response = page.post(PAGE, {"action_add": "", "email": "Ada@Home.example"})
    assert response.url == "/me/addresses/code/"
    assert addresses(ada) == [("ada@example.org", True, True)]  # not before it is proven
    page.post("/me/addresses/code/", {"code": latest_code("ada@home.example")})
    assert addresses(ada) == [("ada@example.org", True, True), ("ada@home.example", True, False)]


def test_the_code_goes_to_the_new_address_in_the_persons_language(page, ada):
    ada.language = "sv"
    ada.save()
    page.post(PAGE, {"action_add": "", "email": "ada@home.example"})
    mail = Mail.objects.get()
    assert (mail.kind, mail.address, mail.language) == ("people/email_confirmation", "ada@home.example", "sv")


def test_a_wrong_code_adds_nothing(page, ada):
    page.post(PAGE, {"action_add": "", "email": "ada@home.example"})
    answer = page.post("/me/addresses/code/", {"code": "BBBB-BBBB"})
    assert "This is not the code we sent." in answer.text
    assert len(addresses(ada)) == 1


def test_somebody_elses_address_is_not_given_away(page, ada, ben, latest_code):
    """The page does not say that it is taken; only whoever reads that mailbox is told."""
    response = page.post(PAGE, {"action_add": "", "email": "ben@example.org"})
    assert response.url == "/me/addresses/code/"
    answer = page.post("/me/addresses/code/", {"code": latest_code("ben@example.org")})
    assert "Somebody here already has this address." in answer.text
    assert len(addresses(ada)) == 1


@pytest.fixture
def second(ada):
    return EmailAddress.objects.create(user=ada, email="ada@home.example", verified=True)


def test_another_address_becomes_the_main_one_and_the_old_one_hears_of_it(page, ada, second):
    page.post(PAGE, {"action_primary": "", "email": "ada@home.example"})
    ada.refresh_from_db()
    assert (ada.email, addresses(ada)) == (
        "ada@home.example",
        [("ada@example.org", True, False), ("ada@home.example", True, True)],
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.address) == ("people/email_changed", "ada@example.org")
    assert "From now on we write to ada@home.example instead of ada@example.org." in mail.text


def test_an_address_that_is_not_the_main_one_can_go(page, ada, second):
    page.post(PAGE, {"action_remove": "", "email": "ada@home.example"})
    assert addresses(ada) == [("ada@example.org", True, True)]
    assert [(mail.kind, mail.address) for mail in Mail.objects.all()] == [
        ("people/email_deleted", "ada@example.org")
    ]


@pytest.mark.parametrize("action", ["action_remove", "action_primary"])
def test_the_main_address_stays(page, ada, second, action):
    page.post(PAGE, {action: "", "email": "ada@example.org"})
    assert addresses(ada) == [("ada@example.org", True, True), ("ada@home.example", True, False)]


def test_the_last_proven_address_stays(page, ada, second):
    EmailAddress.objects.filter(email="ada@example.org").update(verified=False)
    answer = page.post(PAGE, {"action_remove": "", "email": "ada@home.example"}, follow=True)
    assert (
        "ada@home.example stays: it is your main address, or the last one that is confirmed." in answer.text
    )
    assert len(addresses(ada)) == 2


def test_an_unproven_address_cannot_become_the_main_one(page, ada, second):
    EmailAddress.objects.filter(pk=second.pk).update(verified=False)
    page.post(PAGE, {"action_primary": "", "email": "ada@home.example"})
    assert addresses(ada) == [("ada@example.org", True, True), ("ada@home.example", False, False)]


def test_an_unproven_address_is_confirmed_by_a_code(page, ada, second, latest_code):
    EmailAddress.objects.filter(pk=second.pk).update(verified=False)
    assert page.post(PAGE, {"action_send": "", "email": "ada@home.example"}).url == "/me/addresses/code/"
    page.post("/me/addresses/code/", {"code": latest_code("ada@home.example")})
    assert addresses(ada) == [("ada@example.org", True, True), ("ada@home.example", True, False)]


def test_an_address_of_somebody_else_is_out_of_reach(page, ben, second):
    for action in ("action_remove", "action_primary", "action_send"):
        page.post(PAGE, {action: "", "email": "ben@example.org"})
    assert addresses(ben) == [("ben@example.org", True, True)]
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("address", ["", "nonsense", f"{'a' * 250}@example.org", "ada@example.org"])
def test_what_cannot_be_added_is_said_on_the_form(page, ada, address):
    answer = page.post(PAGE, {"action_add": "", "email": address})
    assert 'aria-invalid="true"' in answer.text
    assert len(addresses(ada)) == 1


def test_a_second_code_within_seconds_gets_our_page(page, settings):
    page.post(PAGE, {"action_add": "", "email": "ada@home.example"})
    answer = page.post(PAGE, {"action_add": "", "email": "ada@home.example"})
    assert (answer.status_code, "<h1>One moment</h1>" in answer.text) == (429, True)


def test_too_many_changes_get_our_page(page):
    codes = Counter(
        page.post(PAGE, {"action_remove": "", "email": "x@example.org"}).status_code for _ in range(12)
    )
    assert codes == {302: 10, 429: 2}


@pytest.mark.parametrize("path", [PAGE, "/me/addresses/code/"])
def test_addresses_are_for_whoever_is_signed_in(client, db, path):
    assert client.get(path).url.partition("?")[0] == "/sign-in/"


def test_whoever_has_only_an_employers_address_is_asked_for_one_of_their_own(page, ada):
    asked = "Is your address your employer’s?"
    assert asked in page.get("/me/").text
    assert asked in page.get("/").text
    EmailAddress.objects.create(user=ada, email="ada@home.example", verified=False)
    assert asked in page.get("/me/").text  # not before it is proven
    EmailAddress.objects.filter(user=ada).update(verified=True)
    assert asked not in page.get("/me/").text
    assert asked not in page.get("/").text


@pytest.mark.parametrize(("address", "asks"), [("ada@gmail.com", False), ("ada@council.example", True)])
def test_a_mailbox_of_ones_own_is_not_asked_about(page, ada, address, asks):
    EmailAddress.objects.filter(user=ada).update(email=address)
    assert addresses_act.wants_another(ada) is asks


def test_whoever_says_that_it_is_their_own_is_not_asked_again(page, ada):
    assert page.post("/me/addresses/one-is-enough/").url == PAGE
    ada.refresh_from_db()
    assert "Is your address your employer’s?" not in page.get("/me/").text


def test_ending_a_job_reminds_of_the_address_that_goes_with_it(page, ada, second):
    job = affiliations.add(ada, "Lindvik")
    told = page.post(f"/me/jobs/{job.pk}/end/", follow=True)
    assert "If one of your addresses goes with this job" in told.text


@pytest.mark.parametrize("address", ["ada@example.org", "ada@home.example"])
def test_any_proven_address_signs_in_the_same_person(client, ada, second, latest_code, address):
    client.post("/sign-in/", {"address": address})
    client.post("/sign-in/code/", {"code": latest_code(address)})
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_a_lost_work_address_takes_nothing_with_it(client, makers, ada, second, latest_code):
    """The employer goes, its mailbox too: by the other address everything is there."""
    client.force_login(ada)
    client.post(PAGE, {"action_primary": "", "email": "ada@home.example"})
    client.post(PAGE, {"action_remove": "", "email": "ada@example.org"})
    assert [row[0] for row in addresses(ada)] == ["ada@home.example"]
    client.logout()
    client.post("/sign-in/", {"address": "ada@home.example"})
    client.post("/sign-in/code/", {"code": latest_code("ada@home.example")})
    assert "Makers" in client.get("/circles/").text
