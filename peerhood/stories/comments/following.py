"""Following: a mail when somebody comments on a story, until it is turned off with one press in the mail itself."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal
from peerhood.stories.comments.permissions import takes_comments
from peerhood.stories.models import Following, Story

SALT = "peerhood.stories.following"


@transaction.atomic
def follow(story: Story, person: Person) -> None:
    """Twice is once. The journal does not say what somebody reads."""
    presence.hold(person)
    if not takes_comments(story):
        raise Refusal(_("This story takes no comments."))
    Following.objects.get_or_create(story=story, person=person)


@transaction.atomic
def leave(story: Story, person: Person) -> None:
    Following.objects.filter(story=story, person=person).delete()


def is_following(person, story: Story) -> bool:
    return person.is_authenticated and Following.objects.filter(story=story, person=person).exists()


def link_for(following: Following) -> str:
    """The address that ends this one; it cannot be guessed, and says no name."""
    link = signing.dumps([following.story_id, following.person_id], salt=SALT, compress=False)
    return settings.SITE_URL + reverse("stories:comments_off", args=[link])


def read(link: str) -> tuple[int, int]:
    """The keys of a story and a person.

    Raises:
        signing.BadSignature: we did not make it.
    """
    try:
        story, person = signing.loads(link, salt=SALT)
        return int(story), int(person)
    except (TypeError, ValueError) as error:
        raise signing.BadSignature from error


@transaction.atomic
def turn_off(link: str) -> None:
    story, person = read(link)
    Following.objects.filter(story=story, person=person).delete()
