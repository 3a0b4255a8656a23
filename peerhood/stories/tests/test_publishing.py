import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from peerhood.circles.models import Membership
from peerhood.journal.models import Entry
from peerhood.platform import stamps
from peerhood.stories import publishing
from peerhood.stories.models import Story


def happened():
    return list(Entry.objects.values_list("name", flat=True))


def test_a_recap_is_a_draft_in_the_circles_language_at_first(draft, past_supper, ada, makers):
    assert (draft.gathering, draft.circle, draft.author, draft.language) == (past_supper, makers, ada, "en")
    assert (draft.slug, draft.is_published()) == ("what-we-ate", False)
    assert (happened(), stamps.current("stories")) == (["story.written"], 0)


def test_two_stories_of_one_title_have_two_addresses(draft, past_supper, ada):
    slugs = [
        publishing.write(past_supper, by=ada, title=title, text="x").slug for title in ("What we ate!", "New")
    ]
    assert slugs == ["what-we-ate-2", "new-2"]


def test_a_title_without_a_latin_letter_has_an_address_too(past_supper, ada):
    assert publishing.write(past_supper, by=ada, title="日本", text="x").slug == "story"


def test_an_address_taken_in_between_is_passed_by(draft, past_supper, ada, monkeypatch):
    from django.db.models import QuerySet

    looks = iter([False])
    exists = QuerySet.exists
    monkeypatch.setattr(QuerySet, "exists", lambda self: next(looks, None) or exists(self))
    assert publishing.write(past_supper, by=ada, title="What we ate", text="x").slug == "what-we-ate-2"


def test_those_who_ran_the_gathering_write_it_up_and_nobody_else(past_supper, ben, chi, dot):
    past_supper.hosts.add(chi)
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            publishing.write(past_supper, by=person, title="Mine", text="x")
    assert publishing.write(past_supper, by=chi, title="Ours", text="x").author == chi


def test_author_and_organisers_change_and_publish_and_nobody_else(past_supper, ada, ben, chi, dot):
    past_supper.hosts.add(chi)
    story = publishing.write(past_supper, by=chi, title="Ours", text="x")
    for person in (ben, dot):
        for act in (publishing.publish, publishing.unpublish):
            with pytest.raises(PermissionDenied):
                act(story, by=person)
        with pytest.raises(PermissionDenied):
            publishing.edit(story, by=person, version=0, text="y")
    publishing.edit(story, by=ada, version=0, text="y")
    assert publishing.publish(story, by=chi).is_published()


def test_publishing_twice_publishes_once_and_tells_the_kept_pages(draft, ada):
    first = publishing.publish(draft, by=ada)
    assert publishing.publish(draft, by=ada).published_at == first.published_at
    assert (happened(), stamps.current("stories")) == (["story.written", "story.published"], 1)


def test_taking_it_back_makes_it_a_draft_again(told, ada):
    for _twice in range(2):
        publishing.unpublish(told, by=ada)
    kept = Story.objects.get()
    assert (kept.is_published(), kept.slug, kept.text) == (False, "what-we-ate", "We ate **soup**.")
    assert happened()[-2:] == ["story.published", "story.unpublished"]


def test_an_edit_changes_the_text_and_never_the_address(told, ada):
    edited = publishing.edit(told, by=ada, version=0, title="What we drank", text="Tea.", teaser="")
    assert (edited.slug, edited.title, edited.text, edited.version) == (
        "what-we-ate",
        "What we drank",
        "Tea.",
        1,
    )
    assert stamps.current("stories") == 2


def test_an_edit_from_an_older_version_is_refused_with_what_was_saved(draft, ada):
    publishing.edit(draft, by=ada, version=0, text="Theirs")
    with pytest.raises(publishing.Conflict) as conflict:
        publishing.edit(draft, by=ada, version=0, text="Mine")
    assert (conflict.value.story.text, Story.objects.get().text) == ("Theirs", "Theirs")


def test_only_words_can_be_edited(draft, ada, forum):
    with pytest.raises(TypeError):
        publishing.edit(draft, by=ada, version=0, circle=forum)


def test_drafts_are_seen_by_author_and_organisers_published_stories_by_all(
    draft, past_supper, ada, ben, chi, dot
):
    from django.contrib.auth.models import AnonymousUser

    past_supper.hosts.add(chi)
    hers = publishing.write(past_supper, by=chi, title="Hers", text="x")

    def seen_by(*people):
        return [sorted(s.title for s in Story.objects.visible_to(p)) for p in people]

    assert seen_by(ada, ben, chi, dot) == [["Hers", "What we ate"], [], ["Hers"], []]
    publishing.publish(hers, by=chi)
    assert seen_by(ben, dot, AnonymousUser()) == [["Hers"]] * 3


def test_a_closed_circles_stories_are_seen_from_inside(forum, gathering, ada, ben, chi):
    from django.contrib.auth.models import AnonymousUser

    story = publishing.write(gathering(forum, title="Dawn"), by=ada, title="At dawn", text="x")
    publishing.publish(story, by=ada)
    seen = [Story.objects.visible_to(p).count() for p in (ada, ben, chi, AnonymousUser())]
    assert seen == [1, 1, 0, 0]
    Membership.objects.filter(person=ben, circle=forum).update(state=Membership.State.LEFT)
    assert Story.objects.visible_to(ben).count() == 0


def test_the_database_keeps_addresses_apart(draft):
    with pytest.raises(IntegrityError):
        Story.objects.create(circle=draft.circle, title="x", slug=draft.slug, text="x", language="en")
