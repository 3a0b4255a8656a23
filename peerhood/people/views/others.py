"""Other people: the directory, a card, a photo, and who is like oneself."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from peerhood import packs
from peerhood.people import directory
from peerhood.people.models import Person, Photo
from peerhood.people.seeing import cards, likeness
from peerhood.people.seeing.visibility import Level

ON_A_PAGE = 25
PHOTO_SIZES = ("small", "large")


@login_required
@require_safe
def list_(request):
    """The directory: whom of the network one may know of, found by words and by what they said."""
    form = directory.DirectoryForm(request.GET, label_suffix="")
    form.is_valid()
    found = form.find(request.user, upto=ON_A_PAGE * _page_number(request))
    page = Paginator(found.ids, ON_A_PAGE).get_page(request.GET.get("page"))
    is_part = bool(request.htmx) and not request.htmx.history_restore_request
    context = {
        "form": form,
        "found": found,
        "page": page,
        "rows": directory.rows_of(list(page.object_list), request.user),
        "is_part": is_part,
        "alike": ""
        if is_part
        else likeness.first_count(request.user, packs.current(), translation.get_language()),
    }
    return render(request, f"people/list.html{'#people' if is_part else ''}", context)


def _page_number(request):
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 1


@require_safe
def detail(request, pk):
    """A person's card, as far as the viewer may see it. How to reach them takes a connection."""
    visible = Person.objects.visible_to(request.user).prefetch_related("affiliations__employer")
    person = visible.filter(pk=pk).first()
    if person is None and not request.user.is_authenticated:
        # Whether there is somebody to see is the same answer to a visitor.
        return redirect_to_login(request.get_full_path())
    if person is None:
        raise Http404
    nearness = cards.nearness_of(request.user, person)
    context = {
        "card": cards.card_of(person, nearness, pack=packs.current(), language=translation.get_language()),
        "person": person,
        "circles": person.circles_shared_with(request.user) if nearness == Level.CIRCLES else [],
    }
    return render(request, "people/detail.html", context)


@require_safe
def photo(request, pk, digest, size):
    """Somebody's photo, to whoever may see it. Its address changes when the photo does."""
    # A list names whoever is there, and shows the face beside it, blocked or not: a hole would tell of the block.
    there = Person.objects.filter(is_active=True).exclude(photo_digest="")
    person = get_object_or_404(there, pk=pk, photo_digest=digest)
    nearness = cards.nearness_of(request.user, person)
    if size not in PHOTO_SIZES or not (person.shows("name", nearness) and person.shows("photo", nearness)):
        raise Http404
    content = bytes(Photo.objects.values_list(size, flat=True).get(person=person))
    # A browser may keep it; a proxy may not, and whoever signs out is asked again within the hour.
    return HttpResponse(
        content, content_type="image/webp", headers={"Cache-Control": "private, max-age=3600"}
    )


@login_required
@require_safe
def like_me(request):
    """Others like me: how many, and those who agreed to be seen, each with a sentence why."""
    peers = likeness.peers_of(request.user, packs.current(), translation.get_language())
    return render(request, "people/like_me.html", {"peers": peers})
