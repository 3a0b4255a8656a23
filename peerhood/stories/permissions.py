"""Who may tell what. Asked by acts, and by templates to decide what to show."""

from peerhood.circles.permissions import can_organise
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.stories.models import Story


def can_write_up(person, gathering: Gathering) -> bool:
    """Write a gathering's recap: its hosts, and the circle's organisers."""
    return can_host(person, gathering)


def can_edit(person, story: Story) -> bool:
    """Change, publish and withdraw a story: whoever wrote it, and the circle's organisers."""
    return person.is_authenticated and (story.author_id == person.pk or can_organise(person, story.circle))
