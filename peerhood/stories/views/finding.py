"""What the doors of this step look up first."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from peerhood.circles.models import Circle
from peerhood.stories import naming
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_edit, can_write_up


def story_at(request, slug):
    stories = Story.objects.visible_to(request.user).with_level()
    stories = stories.select_related("circle", "author", "gathering")
    return get_object_or_404(stories, slug=slug)


def editable(request, slug):
    story = story_at(request, slug)
    if not can_edit(request.user, story):
        raise PermissionDenied
    return story


def circle_at(request, slug):
    # PostgreSQL takes no NUL, and no circle's word has one.
    return get_object_or_404(Circle.objects.visible_to(request.user), slug=slug.replace("\0", ""))


def circle_from_inside(request, slug):
    """The circle, for those who belong to it; nobody else learns what it talks about."""
    inside = Circle.objects.filter(memberships__in=request.user.memberships.inside())
    return get_object_or_404(inside, slug=slug)


def names_in(request, gathering, texts):
    """Who is named: shown to those who may know who was there, and not to whoever wrote it and has left."""
    if gathering is None or not can_write_up(request.user, gathering):
        return []
    return naming.found_in("\n".join(texts), gathering)
