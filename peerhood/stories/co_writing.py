"""Co-writing: an author asks members of the circle to write along; whoever says yes stands in the byline, too."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Membership
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal
from peerhood.stories import publishing
from peerhood.stories.models import Story
from peerhood.stories.permissions import writes

MOST = 8


def who_could(story: Story, person: Person):
    """Members of the circle whom this person may ask: nobody who is asked already, or kept from them."""
    inside = Membership.objects.inside().filter(circle=story.circle_id, invitations=None).values("person")
    taken = {person.pk, story.author_id, *story.co_authors.values_list("person", flat=True)}
    apart = silence.apart_from(person.pk)
    people = Person.objects.filter(pk__in=inside, is_active=True).exclude(name="")
    return people.exclude(pk__in={pk for pk in taken if pk} | apart).order_by("name", "pk")


@transaction.atomic
def ask(story: Story, person: Person, *, by: Person) -> None:
    """Ask somebody to write along. They read the draft, and change it once they have said yes."""
    story = publishing.locked(story)
    if not writes(by, story):
        raise PermissionDenied
    if story.co_authors.filter(person=person).exists():
        return
    if not who_could(story, by).filter(pk=person.pk).exists():
        raise Refusal(_("Only members of the circle can write along."))
    if story.co_authors.count() >= MOST:
        raise Refusal(_("Eight people write along already."))
    story.co_authors.create(person=person, asked_by=by)
    journal.record("story.co_author_asked", story, by=by)
    key = f"stories/co_author_asked/{story.pk}/{person.pk}"
    sending.send(person, "stories/co_author_asked", key=key, article=story, by=by)


@transaction.atomic
def agree(story: Story, *, by: Person, affiliations: str = "") -> None:
    """Say yes: one's name stands in the byline, with where one works as one said it now. Twice is once."""
    story = publishing.locked(story)
    asked = story.co_authors.filter(person=by)
    if not asked.exists():
        raise PermissionDenied
    if asked.filter(agreed_at=None).update(agreed_at=now(), affiliations=affiliations):
        journal.record("story.co_author_agreed", story, by=by)
        stamps.bump("stories")


@transaction.atomic
def leave(story: Story, *, by: Person) -> None:
    """Say no, or take one's name off the byline later. The text stays as it is."""
    story = publishing.locked(story)
    if story.co_authors.filter(person=by).delete()[0]:
        journal.record("story.co_author_left", story, by=by)
        stamps.bump("stories")
