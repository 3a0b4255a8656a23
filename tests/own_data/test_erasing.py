from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from peerhood.connections import noting
from peerhood.connections.models import Connection
from peerhood.gatherings import rsvp
from peerhood.journal.models import Entry
from peerhood.notices import delivery, sending
from peerhood.notices.models import Mail
from peerhood.people import affiliations, arrival, profiles
from peerhood.people.models import Person
from peerhood.people.own_data import erasing
from peerhood.platform.presence import Gone

pytestmark = pytest.mark.django_db
PAGE = "/me/data/erasure/"


def test_the_page_says_what_goes_and_what_stays_and_offers_the_file_first(ben, client):
    client.force_login(ben)
    page = client.get(PAGE).text
    assert page.index("What goes") < page.index("What stays") < page.index("Take it along first?")
    assert page.index("Take it along first?") < page.index("Erase everything now")


def test_nothing_happens_without_the_tick(ben, client):
    client.force_login(ben)
    assert client.post(PAGE).status_code == 422
    ben.refresh_from_db()
    assert (ben.name, ben.erased_at) == ("Ben Berg", None)


def test_it_is_done_at_once_and_everywhere(makers, ben, client):
    from django.test import Client

    elsewhere = Client()
    elsewhere.force_login(ben)
    assert elsewhere.get("/me/").status_code == 200
    client.force_login(ben)
    answer = client.post(PAGE, {"sure": "on"})
    assert "Your account is gone" in answer.text
    assert client.get("/me/").status_code == 302
    assert elsewhere.get("/me/").status_code == 302
    ben.refresh_from_db()
    assert (ben.name, ben.email, ben.is_active, str(ben)) == (
        "A former member",
        None,
        False,
        "A former member",
    )
    assert Person.objects.filter(pk=ben.pk).values_list("name", flat=True).get() == ""


def test_the_address_is_free_for_a_new_beginning(ben):
    erasing.erase(ben)
    newcomer = arrival.person_at("ben@example.org")
    assert newcomer.pk != ben.pk
    assert newcomer.name == ""


def test_the_last_organiser_hands_over_first(makers, forum, ada, client):
    client.force_login(ada)
    reasons = ["Gryningsforum needs an organiser", "Makers needs an organiser"]
    assert all(reason in client.get(PAGE).text for reason in reasons)
    answer = client.post(PAGE, {"sure": "on"})
    assert answer.status_code == 409
    assert all(reason in answer.text for reason in reasons)
    ada.refresh_from_db()
    assert (ada.name, makers.memberships.organising().count()) == ("Ada Andersson", 1)


def test_after_handing_over_one_can_go(makers, ada, ben):
    makers.memberships.filter(person=ben).update(role="organiser")
    erasing.erase(ada)
    assert [membership.person for membership in makers.memberships.organising()] == [ben]


def test_whoever_is_alone_in_a_circle_is_not_kept_in_it(makers, ada, ben, chi):
    makers.memberships.exclude(person=ada).delete()
    erasing.erase(ada)
    assert makers.memberships.inside().count() == 0


def test_a_seat_to_come_goes_to_whoever_waits(supper, ben, chi, django_capture_on_commit_callbacks):
    rsvp.attend(supper, ben)
    rsvp.attend(supper, chi)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(ben)
    supper.refresh_from_db()
    assert [each.person for each in supper.rsvps.all()] == [chi]
    assert (supper.going_count, supper.waiting_count) == (1, 0)
    assert Mail.objects.filter(person=chi, kind="gatherings/moved_up").count() == 1


def test_where_somebody_was_keeps_its_count(makers, gathering, ben, chi):
    been = gathering(makers, starts_at=now() - timedelta(days=7), going_count=2)
    for person in (ben, chi):
        been.rsvps.create(person=person, status="going", checked_in_at=now() - timedelta(days=7))
    erasing.erase(ben)
    assert been.rsvps.checked_in().count() == 2
    assert sorted(str(each.person) for each in been.rsvps.all()) == ["A former member", "Chi Chen"]


def test_a_role_ends_with_its_owner(makers, ben):
    makers.memberships.filter(person=ben).update(role="greeter", is_contact=True)
    erasing.erase(ben)
    assert not makers.memberships.filter(person=ben).exists()


def test_whom_an_erased_organiser_listed_keeps_the_lists_words(makers, ada, ben, dot):
    """Else their own profile would open without their word."""
    membership = makers.memberships.create(person=dot)
    membership.invitations.create(by=ada, name="D. Dahl")
    makers.memberships.filter(person=ben).update(role="organiser")
    erasing.erase(ada)
    assert [each.name for each in membership.invitations.all()] == ["D. Dahl"]


def test_whom_an_erased_organiser_asked_in_is_asked_no_more(makers, ada, ben, dot):
    membership = makers.memberships.create(person=dot, state="invited")
    membership.invitations.create(by=ada, name="D. Dahl")
    makers.memberships.filter(person=ben).update(role="organiser")
    erasing.erase(ada)
    assert not makers.memberships.filter(person=dot).exists()


def assert_emptied(mail):
    """That a mail went out, or was given up, is all that is left of it."""
    assert (mail.address, mail.subject, mail.text, mail.html, mail.person) == ("", "", "", "", None)
    assert "ben" not in mail.last_error


def test_one_last_mail_says_so_and_the_outbox_forgets_it(ben, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from django.core import mail

    erasing.erase(ben)
    (last,) = Mail.objects.all()
    assert (last.kind, last.address, last.person) == ("people/erased", "ben@example.org", None)
    assert delivery.deliver(last)
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]
    assert_emptied(Mail.objects.get())


def test_a_last_mail_that_never_gets_through_is_forgotten_too(ben, settings):
    settings.EMAIL_BACKEND = "nowhere.at.all"
    erasing.erase(ben)
    for _try in range(len(delivery.BACKOFF) + 1):
        Mail.objects.update(next_try_at=now())
        delivery.deliver(Mail.objects.get())
    assert_emptied(Mail.objects.get())


def test_no_mail_is_written_to_somebody_who_is_gone(makers, ben):
    """An organiser's act may hold a person as they were a moment ago."""
    as_they_were = Person.objects.get(pk=ben.pk)
    erasing.erase(ben)
    assert as_they_were.email == "ben@example.org"
    assert sending.send(as_they_were, "circles/accepted", circle=makers) is None


def test_mails_to_others_do_not_name_them_any_more(makers, ada, ben):
    sending.send(
        ada,
        "circles/applied",
        circle=makers,
        applicant=ben,
        membership=makers.memberships.get(person=ben),
    )
    sending.send(ada, "circles/accepted", circle=makers)
    erasing.erase(ben)
    texts = [mail.subject for mail in Mail.objects.filter(person=ada).order_by("pk")]
    assert texts[0] == "A former member would like to join Makers"
    assert "former" not in texts[1]


def test_what_was_on_its_way_changes_nothing(makers, supper, ben, ada):
    """Each act holds the person as the request before had them."""
    connection = Connection(one=ada, other=ben, one_said_at=now(), other_said_at=now())
    connection.save()
    as_they_were = Person.objects.get(pk=ben.pk)
    erasing.erase(ben)
    acts = [
        lambda: profiles.change(as_they_were, name="Ben Berg", work="Still here"),
        lambda: affiliations.add(as_they_were, "Berg AB"),
        lambda: noting.note(as_they_were, ada, "Ring"),
        lambda: rsvp.attend(supper, as_they_were),
    ]
    makers.memberships.create(person=ben)
    for act in acts:
        with pytest.raises(Gone):
            act()
    assert not EmailAddress.objects.filter(user=ben).exists()
    assert supper.rsvps.count() == 0


def test_the_database_itself_keeps_a_shell_empty(ben):
    erasing.erase(ben)
    for field in ("name", "work", "town", "photo_digest"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=ben.pk).update(**{field: "x"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=ben.pk).update(is_active=True)


def test_what_others_brought_back_is_taken_again(makers, ben, dot):
    erasing.erase(ben)
    membership = makers.memberships.create(person=ben)
    membership.invitations.create(by=dot, name="Ben Berg", address="ben@example.org")
    erasing.look_again([ben.pk])
    assert not makers.memberships.filter(person=ben).exists()
    assert not membership.invitations.exists()


def test_the_journal_says_that_somebody_went_and_not_who_did_what(ben, makers):
    profiles.change(ben, work="Something")
    erasing.erase(ben)
    assert not Entry.objects.filter(by=ben).exists()
    assert Entry.objects.filter(name="person.erased").count() == 1
