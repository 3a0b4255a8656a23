"""An Atom feed of all stories, or of a circle's, a topic's or an author's: what everybody may read, with names and days."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Surface
from peerhood.people.models import Person
from peerhood.platform.kept_pages import kept
from peerhood.platform.whole_numbers import whole_number
from peerhood.stories import queries, telling
from peerhood.stories.models import Topic

MOST = 30


@kept("circles", "stories")
@require_safe
def feed(request):
    """The same whoever asks: a reader's program is nobody. One of nothing that a visitor can read is not there."""
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ("circle", "topic", "author")}
    stories = queries.readable_by(AnonymousUser()).named()
    stories = stories.exclude(level__in=confidentiality.forbidding(Surface.FEED))
    of = None
    if asked["circle"]:
        of = get_object_or_404(Circle.objects.visible_to(AnonymousUser()), slug=asked["circle"])
        stories = stories.filter(circle=of)
    elif asked["topic"]:
        of = get_object_or_404(Topic, slug=asked["topic"])
        stories = stories.filter(topics=of)
    elif asked["author"]:
        of = get_object_or_404(Person, pk=whole_number(asked["author"], otherwise=0), is_active=True)
        stories = stories.signed_by(of)
    if of and not isinstance(of, Circle) and not stories.exists():
        raise Http404
    entries = [(story, telling.address_of(story), telling.described(story)) for story in stories[:MOST]]
    context = {
        "of": of,
        "entries": entries,
        "address": f"{settings.SITE_URL}{request.get_full_path()}",
        "home": settings.SITE_URL,
    }
    return render(request, "stories/feed.xml", context, content_type="application/atom+xml; charset=utf-8")
