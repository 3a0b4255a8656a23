"""What would happen to each row, before anything happens."""

import pytest

from peerhood.circles.importing import words
from peerhood.circles.models import Import, Membership
from peerhood.people.models import Person


def said(member_list):
    return [(kept["row"]["number"], kept["fate"], words.sentence(kept)) for kept in member_list.rows]


def test_each_row_of_a_members_list_is_told_its_fate(prepare, file):
    assert said(prepare(file("members.csv"))) == [
        (2, "add", "Will be added as an active member."),
        (3, "add", "Will be added in the role: Greeter."),
        (4, "add", "Will be added, paused, in the role: Member."),
        (5, "add", "Will be added in the role: Facilitator."),
        (6, "add", "Will be added as an active member."),
        (7, "add", "Will be added as an active member."),
        (8, "error", "Column “email”: this is not an e-mail address."),
        (
            9,
            "error",
            "Column “role”: this is none of: member, greeter, host, facilitator, organiser. "
            "Column “joined_on”: write the day as 2024-03-12.",
        ),
        (10, "skip", "Skipped: repeats row 2."),
    ]


def test_contacts_are_invited_and_the_nameless_passed_over(prepare, file):
    assert [row[1:] for row in said(prepare(file("Connections.csv")))] == [
        ("invite", "Will be invited."),
        ("invite", "Will be invited."),
        ("invite", "Will be invited."),
        ("skip", "Skipped: the list gives no name."),
        ("skip", "Skipped: repeats row 5."),
        ("invite", "Will be invited."),
    ]


def test_nothing_is_written_but_the_preview(prepare, file, makers):
    before = Person.objects.count(), Membership.objects.count()
    prepare(file("members.csv"))
    assert (Person.objects.count(), Membership.objects.count()) == before
    assert Import.objects.get().state == Import.State.PREVIEW


def test_a_member_stays_as_they_are_unless_the_list_says_otherwise(prepare):
    text = "name,email,role\nBen Berg,ben@example.org,\nChi Chen,chi@example.org,greeter\n"
    assert [row[1:] for row in said(prepare(text))] == [
        ("known", "Already a member: nothing changes."),
        ("update", "On the list already; changes: role becomes “Greeter”."),
    ]


def test_an_organiser_is_not_lowered_by_a_list(prepare):
    assert said(prepare("name,email,role\nAda,ada@example.org,member\n"))[0][1] == "known"


@pytest.mark.parametrize(("state", "words_"), [("left", "has left the circle"), ("declined", "has said no")])
def test_who_left_or_said_no_is_not_brought_back_by_a_list(prepare, makers, ben, state, words_):
    makers.memberships.filter(person=ben).update(state=state)
    _number, fate, sentence = said(prepare("name,email\nBen,ben@example.org\n"))[0]
    assert fate == "skip"
    assert words_ in sentence


def test_a_namesake_without_an_address_is_added_with_a_hint(prepare):
    _number, fate, sentence = said(prepare("name\nBen Berg\n"))[0]
    assert fate == "add"
    assert "A member with the same name exists" in sentence


def test_the_preview_says_the_same_whether_or_not_an_address_has_an_account(prepare, dot):
    known, unknown = said(prepare("name,email\nD,dot@example.org\nE,nobody@example.org\n"))
    assert known[1:] == unknown[1:] == ("add", "Will be added as an active member.")


def test_whom_another_organiser_invited_is_news_to_this_one(prepare, bring_in, file, makers, chi):
    makers.memberships.filter(person=chi).update(role="organiser")
    bring_in(file("Connections.csv"))
    first = [row[1] for row in said(prepare(file("Connections.csv"), by=chi))]
    assert first == ["invite", "invite", "invite", "skip", "skip", "invite"]
    assert [row[1] for row in said(prepare(file("Connections.csv")))][:3] == ["known", "known", "known"]
