import re

import pytest
from django.db import IntegrityError, transaction

from peerhood.journal.models import Entry
from peerhood.people import profiles, silence
from peerhood.people.models import Person, Silence
from peerhood.people.seeing import likeness
from peerhood.platform.refusals import Refusal


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_wish_is_kept_changed_and_let_go(ada, ben):
    silence.keep_apart(ada, ben)
    silence.block(ada, ben)
    assert list(Silence.objects.values_list("owner", "about", "kind")) == [(ada.pk, ben.pk, "block")]
    silence.let_go(ada, ben)
    assert not Silence.objects.exists()


def test_nobody_keeps_apart_from_themselves(ada):
    with pytest.raises(Refusal):
        silence.keep_apart(ada, ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Silence.objects.create(owner=ada, about=ada, kind="block")


def test_the_journal_does_not_say_about_whom(ada, ben):
    silence.block(ada, ben)
    (entry,) = Entry.objects.filter(name="silences.changed")
    assert (entry.subject_id, entry.facts) == (str(ada.pk), {})


def test_pairs_do_not_say_whose_wish_it_is(ada, ben, chi, dot):
    silence.keep_apart(ada, ben)
    silence.keep_apart(ben, ada)
    silence.block(chi, ada)
    silence.block(dot, ben)
    assert silence.pairs_among([ada.pk, ben.pk, chi.pk]) == [
        frozenset((ada.pk, ben.pk)),
        frozenset((ada.pk, chi.pk)),
    ]


def test_a_block_hides_the_two_from_each_other_and_from_nobody_else(client, makers, ada, ben, chi):
    silence.block(ben, ada)
    seen = {
        (viewer.first_name, person.first_name)
        for viewer in (ada, ben, chi)
        for person in Person.objects.visible_to(viewer)
    }
    assert ("Ben", "Ada") not in seen
    assert ("Ada", "Ben") not in seen
    assert {("Chi", "Ada"), ("Chi", "Ben"), ("Ada", "Chi"), ("Ben", "Chi")} <= seen


def test_to_the_blocked_the_page_was_never_there(client, makers, ada, ben):
    silence.block(ben, ada)
    client.force_login(ada)
    blocked, nobody = client.get(f"/people/{ben.pk}/"), client.get("/people/99999/")
    assert (blocked.status_code, nobody.status_code) == (404, 404)
    assert without_tokens(blocked.text.replace(f"/{ben.pk}/", "/")) == without_tokens(
        nobody.text.replace("/99999/", "/")
    )


def test_rather_not_together_hides_nothing(makers, ada, ben):
    silence.keep_apart(ben, ada)
    assert ben in Person.objects.visible_to(ada)
    assert ada in Person.objects.visible_to(ben)


def test_the_blocked_are_not_found_among_others_like_me(ada, ben, dot):
    from peerhood import packs

    alone = {"team_size": "one"}
    for somebody in (ada, ben, dot):
        profiles.change(
            somebody, profile=alone, visibility={"name": "members", "profile.team_size": "members"}
        )
    silence.block(ada, dot)

    def found(person):
        return {card.name for card, _why in likeness.peers_of(person, packs.current(), "en").people}

    assert (found(ada), found(dot)) == ({"Ben Berg"}, {"Ben Berg"})


def test_it_is_said_on_a_page_of_its_own_and_taken_back_on_the_list(client, makers, ada, ben):
    client.force_login(ben)
    assert f"/people/{ada.pk}/rather-not/" in client.get(f"/people/{ada.pk}/").text
    for kind in ("not-with", "block"):
        assert client.post(f"/people/{ada.pk}/rather-not/", {"kind": kind}).url == "/me/rather-not/"
        assert "Ada Andersson" in client.get("/me/rather-not/").text
        page = client.get(f"/people/{ada.pk}/rather-not/").text
        assert f'value="{kind}" checked' in page
    client.post(f"/people/{ada.pk}/rather-not/", {"kind": ""})
    assert "Nobody is on it." in client.get("/me/rather-not/").text


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_somebody_one_may_see_can_be_on_the_list(client, makers, ada, dot, method):
    client.force_login(dot)
    for pk in (ada.pk, dot.pk, 99999):
        assert getattr(client, method)(f"/people/{pk}/rather-not/", {"kind": "block"}).status_code == 404
    assert not Silence.objects.exists()


def test_no_page_of_anybody_else_differs_by_it(client, makers, ada, ben, chi):
    """The hosts' and organisers' pages are word for word what they were."""
    paths = ["/circles/makers/members/", "/circles/makers/", f"/people/{chi.pk}/", "/"]

    def pages():
        seen = []
        for viewer in (ada, ben):
            client.force_login(viewer)
            seen += [without_tokens(client.get(path).text) for path in paths]
        return seen

    before = pages()
    silence.keep_apart(chi, ben)
    silence.block(chi, ada)
    # Ada is blocked: what changes for her is Chi's page.
    after = pages()
    changed = [number for number, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    assert changed == [paths.index(f"/people/{chi.pk}/")]
