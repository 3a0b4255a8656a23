"""Who may tell what. Asked by acts, and by templates to decide what to show."""

from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise, is_inside
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.stories.models import Newsroom, Story


def can_write_up(person, gathering: Gathering) -> bool:
    """Write a gathering's recap: its hosts, and the circle's organisers."""
    return can_host(person, gathering)


def can_write_in(person, circle: Circle) -> bool:
    """Write a story about no gathering: whoever belongs to the circle."""
    return is_inside(person, circle)


def can_edit(person, story: Story) -> bool:
    """Change a story: whoever wrote it, alone or with others, and whoever edits for the circle."""
    return person.is_authenticated and (writes(person, story) or can_review(person, story.circle))


def writes(person, story: Story) -> bool:
    """Is it theirs: do they stand in its byline?"""
    agreed = story.co_authors.filter(person=person.pk, agreed_at__isnull=False)
    return story.author_id == person.pk or agreed.exists()


def can_review(person, circle: Circle) -> bool:
    """Read stories before they are published: organisers, and members whom the circle named for it."""
    return can_organise(person, circle) or (
        Newsroom.objects.filter(circle=circle, editors=person.pk).exists() and is_inside(person, circle)
    )


def is_read_first(circle: Circle) -> bool:
    """Does the circle want its stories read by an editor before they are published?"""
    return Newsroom.objects.filter(circle=circle, reviews_first=True).exists()


def can_publish(person, story: Story) -> bool:
    """Publish, and take back what an editor published: its writers, or where the circle wants that, an editor."""
    if is_read_first(story.circle):
        return can_review(person, story.circle)
    return can_edit(person, story)
