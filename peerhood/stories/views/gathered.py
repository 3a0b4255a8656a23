"""Stories gathered under an author or a topic. Each view finds, then shows."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from peerhood.people import silence
from peerhood.people.directory import rows_of
from peerhood.people.models import Person
from peerhood.platform.kept_pages import kept
from peerhood.stories import queries
from peerhood.stories.models import Topic
from peerhood.stories.topics.gathering_up import gathered_up, topics_for
from peerhood.stories.views.reading import PAGE_SIZE


@kept("circles", "stories")
@require_safe
def author(request, pk):
    """Whoever signed a story the viewer can read has a page; whoever blocked the viewer has none for them."""
    person = get_object_or_404(Person, pk=pk, is_active=True)
    stories = queries.readable_by(request.user).signed_by(person)
    if request.user.is_authenticated and person.pk in silence.hidden_from(request.user):
        raise Http404
    if not stories.exists():
        raise Http404
    rows = rows_of([person.pk], request.user)
    context = {
        "author": person,
        "card": rows[0].card if rows else None,
        "page": Paginator(stories, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "stories/author.html", context)


@kept("circles", "stories", "gatherings")
@require_safe
def topic(request, slug):
    found = gathered_up(get_object_or_404(Topic, slug=slug), request.user)
    if found is None:
        raise Http404
    page = Paginator(found.stories, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "stories/topic.html", {"found": found, "topic": found.topic, "page": page})


@kept("circles", "stories")
@require_safe
def topics(request):
    return render(request, "stories/topics.html", {"topics": topics_for(request.user)})
