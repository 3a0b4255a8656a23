"""Writing together: whoever is asked says yes before their name stands anywhere; and nothing saved is lost."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.people import silence
from peerhood.platform.refusals import Refusal
from peerhood.stories import co_writing, publishing
from peerhood.stories.revisions.comparing import differences

pytestmark = pytest.mark.django_db
PAGE = "/stories/ours/"


@pytest.fixture
def ours(makers, ben):
    return publishing.write_in(makers, by=ben, title="Ours", text="We ate soup.")


def test_who_is_asked_reads_the_draft_and_stands_in_the_byline_after_a_yes(as_, client, ours, ben, chi):
    assert as_(chi).get(PAGE).status_code == 404
    as_(ben).post(f"{PAGE}co-authors/", {"person": chi.pk})
    assert chi.mails.get().kind == "stories/co_author_asked"
    assert "asks you to write along" in as_(chi).get(PAGE).text
    with pytest.raises(PermissionDenied):
        publishing.edit(ours, by=chi, version=0, text="Mine")
    publishing.publish(ours, by=ben)
    client.logout()
    assert "Chi Chen" not in client.get(PAGE).text
    as_(chi).post(f"{PAGE}co-authors/me/", {"affiliations": "Sol AB"})
    client.logout()
    page = client.get(PAGE).text
    assert [said for said in ("Ben Berg, Chi Chen", "Sol AB", "About the authors") if said not in page] == []
    publishing.edit(ours, by=chi, version=0, text="Mine")


def test_who_says_no_or_leaves_stands_nowhere(as_, client, ours, ben, chi):
    co_writing.ask(ours, chi, by=ben)
    co_writing.agree(ours, by=chi)
    publishing.publish(ours, by=ben)
    as_(chi).post(f"{PAGE}co-authors/me/leave/")
    client.logout()
    assert "Chi Chen" not in client.get(PAGE).text


def test_only_writers_ask_and_only_members_are_asked(as_, ours, ada, ben, chi, dot):
    with pytest.raises(PermissionDenied):
        co_writing.ask(ours, chi, by=ada)
    with pytest.raises(Refusal):
        co_writing.ask(ours, dot, by=ben)
    with pytest.raises(PermissionDenied):
        co_writing.agree(ours, by=chi)
    as_(ben).post(f"{PAGE}co-authors/", {"person": "9" * 40})
    assert not ours.co_authors.exists()


def test_whom_one_is_kept_from_is_not_offered(ours, ben, chi):
    assert chi in co_writing.who_could(ours, ben)
    silence.block(chi, ben)
    assert chi not in co_writing.who_could(ours, ben)


# What was saved before


def test_every_save_is_kept_with_who_and_when_and_shows_what_it_changed(as_, ours, ada, ben):
    publishing.edit(ours, by=ada, version=0, text="We drank soup.")
    page = as_(ben).get(f"{PAGE}revisions/").text
    assert (page.count("/revisions/0/") + page.count("/revisions/1/"), "Ada Andersson" in page) == (2, True)
    page = as_(ben).get(f"{PAGE}revisions/1/").text
    assert 'taken out: </span>ate</del><ins><span class="visually-hidden">put in: </span>drank</ins>' in page


def test_an_earlier_text_comes_back_and_what_it_replaces_is_kept(as_, ours, ben):
    publishing.edit(ours, by=ben, version=0, text="Gone.")
    as_(ben).post(f"{PAGE}revisions/0/restore/", {"version": "1"})
    ours.refresh_from_db()
    assert (ours.text, ours.version) == ("We ate soup.", 2)
    assert list(ours.revisions.values_list("text", flat=True)) == ["We ate soup.", "Gone.", "We ate soup."]
    assert as_(ben).post(f"{PAGE}revisions/0/restore/", {"version": "1"}).status_code == 409


def test_a_save_that_changes_no_word_leaves_no_revision(ours, ben):
    publishing.edit(ours, by=ben, version=0, is_members_only=True)
    assert ours.revisions.count() == 1


def test_where_nobody_is_named_the_versions_name_nobody(as_, draft, past_supper, ada, chi):
    past_supper.hosts.add(chi)
    past_supper.agenda.create(
        position=7, kind="talk", title="Talk", length_minutes=5, confidentiality="chatham"
    )
    pages = [as_(chi).get(f"/stories/what-we-ate/{path}").status_code for path in ("revisions/",)]
    assert pages == [404]
    page = as_(ada).get("/stories/what-we-ate/revisions/").text.split("<main")[1]
    assert "Andersson" not in page


def test_versions_are_for_those_who_write_and_edit(as_, ours, ben, chi, dot):
    publishing.publish(ours, by=ben)
    for person in (chi, dot):
        assert as_(person).get(f"{PAGE}revisions/").status_code == 403
        assert as_(person).get(f"{PAGE}revisions/0/").status_code == 403
    assert as_(ben).get(f"{PAGE}revisions/77777777777777777777/").status_code == 404


def test_two_long_texts_are_compared_in_reasonable_time():
    before = " ".join(f"word{n % 97}" for n in range(30_000))
    assert differences(before, f"{before} end")[-1].became == "added"


def test_a_save_from_an_older_version_shows_both_and_where_they_part(as_, ours, ben):
    publishing.edit(ours, by=ben, version=0, text="We drank soup.")
    mine = {"title": "Ours", "teaser": "", "text": "We ate stew.", "version": "0"}
    page = as_(ben).post(f"{PAGE}edit/", mine)
    assert page.status_code == 409
    assert [
        said for said in ("We drank soup.", "We ate stew.</textarea>", "<del>") if said not in page.text
    ] == []
