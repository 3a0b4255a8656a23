"""A confirmed list becomes memberships, once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from peerhood.circles import exporting, queries
from peerhood.circles.entering import applying, joining
from peerhood.circles.importing import adding, confirming, preparing, settling, words
from peerhood.circles.importing.preview import Known
from peerhood.circles.models import Import, Invitation, Membership
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.people import searching
from peerhood.people.models import Person
from peerhood.search.finding import find


def members(circle):
    return sorted(
        (one.person.name, one.state, one.role) for one in circle.memberships.select_related("person")
    )


CAST = [
    ("Ada Andersson", "active", "organiser"),
    ("Ben Berg", "active", "member"),
    ("Chi Chen", "active", "member"),
]


def test_a_members_list_adds_people_as_it_says(bring_in, file, makers):
    done = bring_in(file("members.csv"))
    assert members(makers) == sorted(
        [
            *CAST,
            ("Ellen Forsgren", "active", "member"),
            ("Oskar Lindqvist", "active", "greeter"),
            ('Märta "Mia" Åberg', "paused", "member"),
            ("Yusuf Demir", "active", "facilitator"),
            ("Linnea Ekdahl", "active", "member"),
            ("-Ingrid Holm", "active", "member"),
        ]
    )
    ellen = Person.objects.get(email="ellen.forsgren@example.org")
    assert str(ellen.current_affiliation()) == "Head of PMO, Tranviks kommun"
    assert ellen.memberships.get().joined_on.isoformat() == "2021-03-04"
    assert words.outcome(done.outcome["done"]) == (
        "6 people were added. 1 row was skipped. 2 rows could not be read."
    )


def test_contacts_become_invitations(bring_in, file, makers):
    bring_in(file("Connections.csv"))
    bring_in(file("meetup-members.xls"))
    invited = makers.memberships.invited()
    assert sorted(one.person.name for one in invited) == [
        "Henrik Sandell",
        "Jonas Frid",
        "Noor Haddad",
        "Priya N.",
        "Tom B",
        "Tom B",
        "Tove Lagergren PMP®",
    ]


@pytest.mark.parametrize(
    "name", ["members.csv", "medlemmar-windows.csv", "Connections.csv", "meetup-members.xls"]
)
def test_a_list_read_twice_adds_nobody_twice(bring_in, file, makers, name):
    bring_in(file(name))
    once = members(makers), Person.objects.count(), Invitation.objects.count()
    again = bring_in(file(name))
    assert (members(makers), Person.objects.count(), Invitation.objects.count()) == once
    assert not {"add", "invite", "update"} & set(again.outcome["done"])


def test_two_previews_of_one_list_add_nobody_twice(prepare, file, makers, ada):
    previews = [prepare(file(name)) for name in ("members.csv", "Connections.csv") * 2]
    for preview in previews:
        confirming.confirm(preview, by=ada)
    assert makers.memberships.count() == 3 + 6 + 4


def test_confirming_twice_is_confirming_once(prepare, file, makers, ada):
    member_list = prepare(file("members.csv"))
    confirming.confirm(member_list, by=ada)
    confirming.confirm(member_list, by=ada)
    assert makers.memberships.count() == 9
    assert Entry.objects.filter(name="members.imported").count() == 1


def test_when_it_is_done_the_list_itself_is_forgotten(bring_in, file):
    done = bring_in(file("members.csv"))
    assert (done.state, done.rows, done.done_count) == (Import.State.DONE, [], 9)
    assert [number for number, _faults in done.outcome["faults"]] == [8, 9]
    assert "example.org" not in str(done.outcome)


def test_an_account_elsewhere_is_added_untouched_and_unseen(bring_in, makers, ada, dot):
    dot.work, dot.town = "Benefits in a harbour", "Åhus"
    dot.save()
    bring_in("name,email,town,title\nDorothy D,dot@example.org,Ystad,Clerk\n")
    dot.refresh_from_db()
    assert (dot.name, dot.work, dot.town) == ("Dot Dahl", "Benefits in a harbour", "Åhus")
    listed = queries.members_of(makers, ada, organises=True).get(person=dot)
    assert (listed.shown_name, listed.on_lists[0].work()) == ("Dorothy D", "Clerk")
    assert "Dorothy D" in exporting.member_csv(makers, by=ada)
    assert "Dot Dahl" not in exporting.member_csv(makers, by=ada)


def test_the_list_shows_their_own_name_once_they_say_yes(bring_in, makers, ada, dot):
    bring_in("name,email\nDorothy D,dot@example.org\n")
    joining.join(makers, dot)
    assert queries.members_of(makers, ada, organises=True).get(person=dot).shown_name == "Dot Dahl"


def test_another_address_of_the_same_account_is_not_given_away(bring_in, prepare, makers, dot):
    dot.emailaddress_set.create(email="dot@work.example", verified=True)
    bring_in("name,email\nD,dot@example.org\n")
    assert [kept["fate"] for kept in prepare("name,email\nE,dot@work.example\n").rows] == ["add"]
    done = bring_in("name,email\nE,dot@work.example\n")
    assert done.outcome["done"] == {"add": 1}
    assert makers.memberships.filter(person=dot).count() == 1


def test_two_addresses_of_one_account_on_one_list_make_one_membership(bring_in, makers, dot):
    dot.emailaddress_set.create(email="dot@work.example", verified=True)
    done = bring_in("name,email\nD,dot@example.org\nE,dot@work.example\n")
    assert done.outcome["done"] == {"add": 2}
    assert makers.memberships.filter(person=dot).count() == 1


def test_two_organisers_contacts_stay_apart_and_nobody_is_added_twice(bring_in, file, makers, ada, chi):
    makers.memberships.filter(person=chi).update(role="organiser")
    bring_in(file("Connections.csv"))
    assert queries.members_of(makers, chi, organises=True).invited().count() == 0
    done = bring_in(file("Connections.csv"), by=chi)
    assert done.outcome["done"] == {"invite": 4, "skip": 2}
    assert makers.memberships.invited().count() == 4
    assert queries.members_of(makers, chi, organises=True).invited().count() == 4


def test_a_no_to_one_organiser_is_a_no_to_the_next(bring_in, makers, chi, dot):
    makers.memberships.filter(person=chi).update(role="organiser")
    contact = "First Name,Last Name,Email Address,Connected On\nDot,D,dot@example.org,12 Mar 2024\n"
    bring_in(contact)
    makers.memberships.filter(person=dot).update(state="declined")
    assert bring_in(contact, by=chi).outcome["done"] == {"invite": 1}
    assert makers.memberships.get(person=dot).state == "declined"
    assert bring_in(contact, by=chi).outcome["done"] == {"skip": 1}


def test_an_employer_is_written_down_once_whatever_its_capitals(bring_in, makers):
    bring_in("name,employer\nElla,Dalby AB\nOla,DALBY AB\nUlla,Dalby AB\n")
    listed = makers.memberships.filter(person__affiliations__isnull=False)
    employers = {one.person.current_affiliation().employer.name for one in listed}
    assert len(listed) == 3
    assert employers == {"DALBY AB"}


def test_an_application_is_accepted_by_the_list(bring_in, makers, dot, django_capture_on_commit_callbacks):
    applying.apply(makers, dot)
    with django_capture_on_commit_callbacks(execute=True):
        bring_in("name,email\nDot,dot@example.org\n")
    assert makers.memberships.get(person=dot).state == "active"
    assert Mail.objects.get().subject == "Welcome to Makers"


def test_nobody_is_written_to_unless_the_organiser_asks(bring_in, file):
    bring_in(file("Connections.csv"))
    assert Mail.objects.count() == 0


def test_who_has_an_address_is_written_to_once(bring_in, file, ada):
    bring_in(file("Connections.csv"), writes_to_invited=True)
    bring_in(file("Connections.csv"), writes_to_invited=True)
    mail = Mail.objects.get()
    assert (mail.address, mail.subject) == ("noor.haddad@example.org", "Ada Andersson invites you to Makers")
    assert "/circles/invitations/" in mail.text


def test_the_journal_hears_of_a_list_once_with_its_numbers(bring_in, file, ada):
    done = bring_in(file("members.csv"))
    entry = Entry.objects.get(name="members.imported")
    assert (entry.subject_id, entry.by, entry.facts) == (str(done.pk), ada, {"add": 6, "skip": 1, "error": 2})


def test_only_who_prepared_a_list_may_confirm_or_cancel_it(prepare, makers, chi, ben):
    makers.memberships.filter(person=chi).update(role="organiser")
    member_list = prepare("name\nElla\n")
    for other in (chi, ben):
        with pytest.raises(PermissionDenied):
            confirming.confirm(member_list, by=other)
        with pytest.raises(PermissionDenied):
            preparing.cancel(member_list, by=other)
    with pytest.raises(PermissionDenied):
        preparing.prepare(makers, b"name\nElla\n", by=ben)


def test_a_cancelled_preview_is_gone(prepare, ada):
    member_list = prepare("name\nElla\n")
    preparing.cancel(member_list, by=ada)
    assert not Import.objects.exists()


def test_a_long_list_goes_on_where_a_crash_left_it(prepare, makers, monkeypatch):
    monkeypatch.setattr(adding, "BATCH", 10)
    member_list = prepare("name\n" + "\n".join(f"Member {n}" for n in range(60)))
    rows = member_list.rows
    Import.objects.update(state=Import.State.RUNNING)
    adding._add_batch(member_list.pk, rows)
    adding._add_batch(member_list.pk, rows)
    member_list.refresh_from_db()
    assert (member_list.done_count, makers.memberships.count()) == (20, 23)
    adding.add_all(member_list.pk)
    adding.add_all(member_list.pk)
    member_list.refresh_from_db()
    assert (member_list.state, makers.memberships.count()) == (Import.State.DONE, 63)


def test_a_list_that_cannot_go_on_says_so_and_keeps_what_was_added(prepare, makers, ada, chi, monkeypatch):
    monkeypatch.setattr(adding, "BATCH", 10)
    member_list = prepare("name\n" + "\n".join(f"Member {n}" for n in range(60)))
    Import.objects.update(state=Import.State.RUNNING)
    adding._add_batch(member_list.pk, member_list.rows)
    makers.memberships.filter(person=ada).update(role="member")
    with pytest.raises(PermissionDenied):
        adding.add_all_or_stop(member_list.pk)
    member_list.refresh_from_db()
    assert (member_list.state, member_list.done_count) == (Import.State.FAILED, 10)
    makers.memberships.filter(person=ada).update(role="organiser")
    confirming.confirm(member_list, by=ada)
    adding.add_all(member_list.pk)
    assert makers.memberships.count() == 63


def test_a_member_list_goes_out_and_comes_back_as_it_was(bring_in, file, makers, forum, ada):
    bring_in(file("members.csv"))
    sheet = exporting.member_csv(makers, by=ada)
    again = bring_in(sheet)
    assert again.outcome["done"] == {"known": 9}
    bring_in(sheet, circle=forum)
    there = {row.split(",")[0] for row in exporting.member_csv(forum, by=ada).splitlines()}
    assert there == {row.split(",")[0] for row in sheet.splitlines()}


def test_formulas_are_guarded_on_the_way_out(bring_in, makers, ada):
    bring_in("name,title\n=1+1,@home\n+46 Anna,\n-Anna,\n")
    lines = exporting.member_csv(makers, by=ada).splitlines()
    assert lines[0] == '\ufeff"name","email","role","state","joined_on","employer","title","town"'
    assert sorted(line.split(",")[0] for line in lines[1:]) == [
        '"\'+46 Anna"',
        '"\'-Anna"',
        '"\'=1+1"',
        '"Ada Andersson"',
        '"Ben Berg"',
        '"Chi Chen"',
    ]
    assert '"\'@home"' in exporting.member_csv(makers, by=ada)


def test_an_invitation_is_in_the_list_only_as_the_list_says(bring_in, makers, dot):
    bring_in("name,email,state\nD,dot@example.org,invited\n")
    membership = makers.memberships.get(person=dot)
    assert membership.state == Membership.State.INVITED
    assert membership.invitations.get().name == "D"


@pytest.mark.parametrize("header", ["name,email,employer", "First Name,Company,Email Address,Connected On"])
def test_a_batch_costs_no_query_per_row(bring_in, django_assert_max_num_queries, header):
    def cost(count, start):
        rows = (f"Ella {n},Dalby {n},e{n}@example.org" for n in range(start, start + count))
        if header.startswith("name"):
            rows = (f"Ella {n},e{n}@example.org,Dalby {n}" for n in range(start, start + count))
        with django_assert_max_num_queries(60) as seen:
            bring_in("\n".join([header, *rows]))
        return len(seen)

    small = cost(3, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confirming, "SHORT", 1000)
        # SQLite takes 999 values at a time, so thirteen statements are sent in parts.
        assert cost(300, 1000) <= small + 13


def test_a_long_list_is_left_to_the_worker(prepare, makers, ada, django_capture_on_commit_callbacks):
    member_list = prepare("name\n" + "\n".join(f"Member {n}" for n in range(51)))
    with django_capture_on_commit_callbacks(execute=True) as left:
        confirming.confirm(member_list, by=ada)
        assert makers.memberships.count() == 3
    assert len(left) == 1
    assert makers.memberships.count() == 54


def test_if_nobody_looked_first_the_database_would_refuse(bring_in, file, makers, monkeypatch):
    """The twin without the look: a second reading stops at the constraints, and adds nobody."""
    bring_in(file("Connections.csv"))
    nobody = settling.Found({}, {}, {})
    monkeypatch.setattr(settling, "_find", lambda *_asked: nobody)
    monkeypatch.setattr(settling, "known_to", lambda *_asked, **_narrowed: Known())
    monkeypatch.setattr(preparing, "known_to", lambda *_asked, **_narrowed: Known())
    with pytest.raises(IntegrityError), transaction.atomic():
        bring_in(file("Connections.csv"))
    assert makers.memberships.count() == 7


def test_an_account_that_a_list_made_is_in_the_index_and_found_by_nobody_else(
    bring_in, file, makers, ada, ben
):
    bring_in(file("members.csv"))
    ellen = Person.objects.get(email="ellen.forsgren@example.org")

    def finds(viewer):
        return ellen.pk in find("ellen", searching.audiences_of(viewer), kind=searching.KIND).ids

    assert (finds(ellen), finds(ada), finds(ben)) == (True, False, False)
    joining.join(makers, ellen)
    assert (finds(ada), finds(ben)) == (True, True)
