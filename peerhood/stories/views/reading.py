"""Reading: the list, and one story. Each view finds, then shows."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings.queries import next_gatherings_of
from peerhood.platform.kept_pages import kept
from peerhood.stories import queries
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_edit
from peerhood.stories.recaps import lines
from peerhood.stories.views import talk
from peerhood.stories.views.finding import names_in, story_at

PAGE_SIZE = 20


@kept("circles", "stories")
@require_safe
def list_stories(request):
    published = Story.objects.visible_to(request.user).published().with_level()
    published = published.select_related("circle", "author")
    circle = None
    # PostgreSQL takes no NUL, and no circle's word has one.
    if slug := request.GET.get("circle", "").replace("\0", ""):
        circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
        published = published.filter(circle=circle)
    context = {"circle": circle, "page": Paginator(published, PAGE_SIZE).get_page(request.GET.get("page"))}
    if request.user.is_authenticated:
        context |= _for_writers(request.user)
    return render(request, "stories/list.html", context)


def _of_the_gathering(request, story):
    """What those who were there add, and the way to the next one."""
    if story.gathering is None:
        return {}
    return {
        "lines": [(line, lines.digest_of(line)) for line in lines.lines_of(story.gathering)],
        "may_add_line": lines.may_add(story.gathering, request.user),
        "next_gathering": next_gatherings_of([story.circle], request.user).get(story.circle_id),
    }


def _for_writers(person):
    drafts = Story.objects.visible_to(person).drafts().select_related("circle")[:10]
    return {
        "drafts": drafts,
        "to_write_up": queries.to_write_up(person),
        "to_add_to": lines.to_add_to(person),
    }


@kept("circles", "gatherings", "stories")
@require_safe
def detail(request, slug):
    story = story_at(request, slug)
    context = {
        "story": story,
        "rules": queries.rules_of(story.gathering),
        "can_edit": can_edit(request.user, story),
        **_of_the_gathering(request, story),
        **talk.below(request, story),
    }
    if context["can_edit"] and not story.is_published():
        context["names"] = names_in(request, story.gathering, [story.title, story.teaser, story.text])
    return render(request, "stories/detail.html", context)
