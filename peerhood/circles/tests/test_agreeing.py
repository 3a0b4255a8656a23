"""What members agree to: said yes to at joining, in versions, and asked again when it changes."""

import pytest

from peerhood.circles import editing
from peerhood.circles.entering import agreeing, applying, joining
from peerhood.circles.entering.wording import Piece, what_changed
from peerhood.circles.models import Acceptance
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal


@pytest.fixture
def settings_of(client):
    """Save a circle's settings with other words for what members agree to."""

    def save(circle, agreement):
        fields = ("name", "purpose", "eligibility", "town", "language", "time_zone", "kind")
        said = {name: getattr(circle, name) for name in fields}
        return client.post(f"/circles/{circle.slug}/settings/", said | {"agreement": agreement})

    return save


def yeses(circle):
    return list(
        Acceptance.objects.filter(agreement__circle=circle)
        .order_by("pk")
        .values_list("person__name", "agreement__version")
    )


def test_joining_is_saying_yes_to_the_words_that_hold(studio, dot, state):
    for version in (None, 0, 2):
        with pytest.raises(agreeing.OtherWords):
            joining.join(studio, dot, agreed_to=version)
    assert (state(studio, dot), yeses(studio)) == (None, [])
    joining.join(studio, dot, agreed_to=1)
    assert (state(studio, dot), yeses(studio)) == ("active", [("Dot Dahl", 1)])
    assert Acceptance.objects.get().accepted_at


def test_an_applicant_says_yes_when_they_ask(makers, dot):
    makers.agreements.create(version=1, text="We share.")
    with pytest.raises(agreeing.OtherWords):
        applying.apply(makers, dot)
    applying.apply(makers, dot, agreed_to=1)
    assert yeses(makers) == [("Dot Dahl", 1)]


def test_other_words_in_the_settings_are_the_next_version(client, makers, ada, settings_of):
    client.force_login(ada)
    settings_of(makers, "We share.\r\nWe listen.")
    settings_of(makers, "We share.\nWe listen. ")
    settings_of(makers, "We share.")
    settings_of(makers, "")
    told = [(one.version, one.text, one.by) for one in makers.agreements.all()]
    assert told == [(1, "We share.\nWe listen.", ada), (2, "We share.", ada), (3, "", ada)]
    assert makers.current_agreement() is None
    assert Entry.objects.filter(name="agreement.written").count() == 3


def test_what_changed_is_asked_again_on_the_circles_page_and_no_door_closes(client, studio, dot, ada):
    joining.join(studio, dot, agreed_to=1)
    client.force_login(dot)
    assert "I agree" not in client.get("/circles/studio/").text
    editing.edit(studio, by=ada, agreement="Nobody laughs at a sketch. Nobody sells.")
    page = client.get("/circles/studio/").text
    assert "What members agree to has changed" in page
    assert "<ins>Nobody sells.</ins>" in page
    assert "<ins>Nobody laughs" not in page
    assert client.get("/circles/studio/members/").status_code == 200
    assert client.post("/circles/studio/agree/", {"agreed_to": "2"}).url == "/circles/studio/"
    assert "I agree" not in client.get("/circles/studio/").text
    assert yeses(studio) == [("Dot Dahl", 1), ("Ada Andersson", 2), ("Dot Dahl", 2)]


def test_a_yes_to_words_that_changed_meanwhile_is_not_kept(client, studio, dot, ada):
    client.force_login(dot)
    assert 'name="agreed_to" value="1"' in client.get("/circles/studio/join/").text
    editing.edit(studio, by=ada, agreement="Bring cake.")
    again = client.post("/circles/studio/join/", {"agreed_to": "1"})
    assert again.status_code == 422
    assert "Bring cake." in again.text
    assert not studio.memberships.filter(person=dot).exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_nonsense_is_no_yes(client, studio, dot, version):
    client.force_login(dot)
    assert client.post("/circles/studio/join/", {"agreed_to": version}).status_code == 422
    assert yeses(studio) == []


def test_who_is_outside_is_asked_for_no_yes(studio, dot):
    with pytest.raises(Refusal):
        agreeing.agree(studio, dot, 1)


def test_saying_yes_twice_says_it_once(studio, ada):
    agreeing.agree(studio, ada, 1)
    agreeing.agree(studio, ada, 1)
    assert yeses(studio) == [("Ada Andersson", 1)]


def test_organisers_see_how_many_have_said_yes(client, studio, ada, dot, ben):
    joining.join(studio, dot, agreed_to=1)
    joining.join(studio, ben, agreed_to=1)
    joining.leave(studio, ben)
    client.force_login(ada)
    assert "1 of 2 has said yes to these words." in client.get("/circles/studio/").text
    assert "1 of 2 has said yes to it." in client.get("/circles/studio/settings/").text
    client.force_login(dot)
    assert "has said yes to these words" not in client.get("/circles/studio/").text


def test_an_invitation_shows_the_words_before_the_yes(client, forum, ada, dot, state):
    forum.agreements.create(version=1, text="Nothing leaves the room.")
    invited = forum.memberships.create(person=dot, state="invited")
    invited.invitations.create(by=ada, name="D")
    client.force_login(dot)
    url = f"/circles/invitations/{invited.pk}/yes/"
    assert client.post(url).url == url
    assert state(forum, dot) == "invited"
    assert "Nothing leaves the room." in client.get(url).text
    assert client.post(url, {"agreed_to": "1"}).url == "/circles/gryningsforum/"
    assert yeses(forum) == [("Dot Dahl", 1)]


def test_what_is_new_is_said_sentence_by_sentence():
    assert what_changed("We share.\nWe listen.", "We share. We laugh. We listen.") == [
        Piece("same", "We share."),
        Piece("new", "We laugh."),
        Piece("same", "We listen."),
    ]
    assert what_changed("", "One.") == [Piece("new", "One.")]
    assert what_changed("One.", "") == [Piece("gone", "One.")]
