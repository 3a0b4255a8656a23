"""Reading: the list, one story, and its pictures. Each view finds, then shows."""

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from peerhood.circles.permissions import can_organise
from peerhood.gatherings.queries import next_gatherings_of
from peerhood.people.directory import rows_of
from peerhood.platform.kept_pages import kept
from peerhood.stories import card as cards
from peerhood.stories import co_writing, queries, telling
from peerhood.stories.forms import AgreeForm, AskForm, ScheduleForm, WordForm
from peerhood.stories.models import Story
from peerhood.stories.permissions import (
    can_edit,
    can_publish,
    can_review,
    can_write_in,
    is_read_first,
    writes,
)
from peerhood.stories.pictures import showing
from peerhood.stories.recaps import lines
from peerhood.stories.views import talk
from peerhood.stories.views.finding import circle_at, names_in, story_at

PAGE_SIZE = 20


@kept("circles", "stories")
@require_safe
def list_stories(request):
    published = queries.readable_by(request.user)
    circle = None
    if slug := request.GET.get("circle", ""):
        circle = circle_at(request, slug)
        published = published.filter(circle=circle)
    context = {"circle": circle, "page": Paginator(published, PAGE_SIZE).get_page(request.GET.get("page"))}
    if request.user.is_authenticated:
        context |= _for_writers(request.user, circle)
    return render(request, "stories/list.html", context)


def _for_writers(person, circle):
    mine = Story.objects.visible_to(person).drafts().with_level().select_related("circle")
    context = {"drafts": mine.filter(submitted_at=None)[:10], "submitted": mine.submitted()[:10]}
    context |= {"to_write_up": queries.to_write_up(person), "to_add_to": lines.to_add_to(person)}
    if circle:
        context |= {
            "may_write": can_write_in(person, circle),
            "may_arrange": can_organise(person, circle),
        }
    return context


def _of_the_gathering(request, story):
    """What those who were there add, and the way to the next one."""
    if story.gathering is None:
        return {}
    return {
        "lines": [(line, lines.digest_of(line)) for line in lines.lines_of(story.gathering)],
        "may_add_line": lines.may_add(story.gathering, request.user),
        "next_gathering": next_gatherings_of([story.circle], request.user).get(story.circle_id),
    }


@kept("circles", "gatherings", "stories")
@require_safe
def detail(request, slug):
    story = story_at(request, slug)
    before, after = queries.neighbours_of(story, request.user)
    context = {
        "story": story,
        "told": showing.text_of(story),
        "rules": queries.rules_of(story.gathering),
        "topics": story.topics.all(),
        "writers": _writers(story, request.user),
        "before": before,
        "after": after,
        "related": queries.related_to(story, request.user),
        "preview": telling.previewed(story),
        "sharing": telling.sharing_of(story),
        "can_edit": can_edit(request.user, story),
        **_of_the_gathering(request, story),
        **talk.below(request, story),
    }
    if request.user.is_authenticated:
        context |= _desk_of(request, story)
    return render(request, "stories/detail.html", context)


def _writers(story, viewer):
    """Each in the byline with where they worked then, and the card that this viewer may see; none without names."""
    signed = [(story.author, story.affiliation_lines())] if story.is_signed() else []
    signed += [(each.person, each.affiliations.splitlines()) for each in story.others_who_wrote()]
    cards = {row.card.pk: row.card for row in rows_of([person.pk for person, _lines in signed], viewer)}
    return [{"person": person, "lines": lines, "card": cards.get(person.pk)} for person, lines in signed]


def _desk_of(request, story):
    """What whoever writes or edits it can do with it; asked as well: somebody who has not answered yet."""
    person = request.user
    context = {"asked": story.co_authors.filter(person=person).select_related("asked_by").first()}
    if context["asked"] and not context["asked"].agreed_at:
        jobs = [str(job) for job in person.affiliations.select_related("employer") if job.is_current()]
        context["agree_form"] = AgreeForm(initial={"affiliations": "\n".join(jobs)})
    if can_edit(person, story):
        context |= {
            "is_writer": writes(person, story),
            "may_publish": (may_publish := can_publish(person, story)),
            "may_change": not story.is_method_only and (may_publish or not story.published_at),
            "may_review": can_review(person, story.circle),
            "is_read_first": is_read_first(story.circle),
            "schedule_form": ScheduleForm(initial={"version": story.version}, auto_id="id_publish_%s"),
            "word_form": WordForm(auto_id="id_word_%s"),
            "with_others": story.co_authors.select_related("person"),
            "ask_form": AskForm(people=co_writing.who_could(story, person)),
        }
        if not story.is_published():
            context["names"] = names_in(request, story.gathering, [story.title, story.teaser, story.text])
    return context


@kept("circles", "gatherings", "stories")
@require_safe
def card(request, slug):
    """The picture beside a link: for everybody or for nobody, whoever asks."""
    public = Story.objects.visible_to(AnonymousUser()).with_level().with_authors().select_related("gathering")
    story = get_object_or_404(public, slug=slug)
    if not story.is_previewed():
        raise Http404
    return HttpResponse(cards.drawn(story), content_type="image/png")


@require_safe
def picture(request, slug, number):
    """Visible exactly when the story is, and while its gathering's level lets photos be shown."""
    story = story_at(request, slug)
    if not story.may_have_pictures():
        raise Http404
    found = get_object_or_404(story.pictures, number=number)
    headers = {"Cache-Control": "private, max-age=300", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(found.content), content_type="image/webp", headers=headers)
