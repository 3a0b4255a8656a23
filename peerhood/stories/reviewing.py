"""Reviewing: where a circle wants that, its editors read a story before it is published.

Its writers hand it in; an editor publishes it, or sends it back with a word. Organisers are editors, and
may name members who are so beside them.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_organise
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.stories import publishing
from peerhood.stories.models import Newsroom, Story
from peerhood.stories.permissions import can_review, is_read_first, writes


@transaction.atomic
def arrange(circle: Circle, *, by: Person, reviews_first: bool, editors: Iterable[Person] = ()) -> Newsroom:
    """Say whether stories are read first, and who reads them beside the organisers."""
    if not can_organise(by, circle):
        raise PermissionDenied
    Circle.objects.locked(circle)
    newsroom = Newsroom.objects.update_or_create(circle=circle, defaults={"reviews_first": reviews_first})[0]
    newsroom.editors.set(editors)
    journal.record("newsroom.arranged", circle, by=by)
    return newsroom


@transaction.atomic
def submit(story: Story, *, by: Person) -> Story:
    """Hand it in to the editors; they are written to. Twice is once."""
    story = publishing.locked(story)
    if not writes(by, story):
        raise PermissionDenied
    if not is_read_first(story.circle):
        raise Refusal(_("This circle publishes without an editor: you can do it yourself."))
    publishing.refuse_untold(story.gathering)
    if story.is_submitted() or story.published_at:
        return story
    story.submitted_at, story.sent_back_with = now(), ""
    story.save(update_fields=["submitted_at", "sent_back_with"])
    journal.record("story.submitted", story, by=by)
    for editor in editors_of(story.circle).exclude(pk=by.pk):
        key = f"stories/submitted/{story.pk}/{editor.pk}/{story.submitted_at.isoformat()}"
        sending.send(editor, "stories/submitted", key=key, article=story)
    return story


@transaction.atomic
def send_back(story: Story, *, by: Person, word: str) -> Story:
    """Give it back to its writers with a word on what it still needs; they read it in a mail and beside the draft."""
    story = publishing.locked(story)
    if not can_review(by, story.circle):
        raise PermissionDenied
    if not story.is_submitted():
        raise Refusal(_("It does not wait for an editor any more."))
    story.submitted_at, story.sent_back_with = None, word
    story.save(update_fields=["submitted_at", "sent_back_with"])
    journal.record("story.sent_back", story, by=by)
    for person in story.writers():
        key = f"stories/sent_back/{story.pk}/{person.pk}/{now().isoformat()}"
        sending.send(person, "stories/sent_back", key=key, article=story, word=word)
    return story


def editors_of(circle: Circle):
    """The organisers, and those named who still belong."""
    organising = Membership.objects.organising().filter(circle=circle).values("person")
    inside = Membership.objects.inside().filter(circle=circle).values("person")
    named = Newsroom.editors.through.objects.filter(newsroom__circle=circle, person__in=inside).values(
        "person"
    )
    people = Person.objects.filter(is_active=True)
    return (people.filter(pk__in=organising) | people.filter(pk__in=named)).order_by("pk")
