"""The formats of a gathering: choose one for an item, read it, edit the copy, print the kit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.platform.refusals import Refusal
from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms.formats import adopting, kits, shipped, words
from peerhood.rooms.formats.arranging import rearranged
from peerhood.rooms.formats.editor import Editor
from peerhood.rooms.models import Format

LONGEST_ITEM = 600


@login_required
@require_safe
def overview(request, pk):
    gathering = _gathering(request, pk)
    items = gathering.agenda.filter(kind=AgendaItem.Kind.FORMAT).select_related("format")
    context = {
        "gathering": gathering,
        "items": [(item, _told(item, gathering)) for item in items],
        "may_host": can_host(request.user, gathering),
    }
    return render(request, "rooms/formats/overview.html", context)


@login_required
@require_safe
def show(request, pk, item_pk):
    """The item's format, or the ones there are to choose from."""
    item = _item(request, pk, item_pk)
    format = _format_of(item)
    if format is None and item.kind != AgendaItem.Kind.FORMAT:
        raise Http404
    if format is None:
        return _choose(request, item)
    recipe = adopting.recipe_of(format)
    context = {
        "format": format,
        "may_host": can_host(request.user, item.gathering),
        "minutes": min(LONGEST_ITEM, _minutes(recipe, item.gathering)),
        **_read(item, recipe),
    }
    return render(request, "rooms/formats/show.html", context)


def _choose(request, item):
    gathering = item.gathering
    language = gathering.circle.language
    context = {
        "gathering": gathering,
        "item": item,
        "language": shipped.spoken(language),
        "recipes": [_card(recipe, gathering) for recipe in shipped.all_in(language)],
    }
    return render(request, "rooms/formats/choose.html", context)


@login_required
@require_safe
def look(request, pk, item_pk, key):
    """A shipped format, read before it is chosen."""
    item = _item(request, pk, item_pk)
    if item.kind != AgendaItem.Kind.FORMAT or key not in shipped.ORDER:
        raise Http404
    recipe = shipped.shipped(key, item.gathering.circle.language)
    context = {"has_format": _format_of(item) is not None, **_read(item, recipe)}
    return render(request, "rooms/formats/look.html", context)


@login_required
@require_POST
def adopt(request, pk, item_pk):
    item = _item(request, pk, item_pk)
    if (key := request.POST.get("key", "")) not in shipped.ORDER:
        raise BadRequest
    adopting.adopt(item, key, by=request.user)
    return redirect("rooms:format", pk, item_pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk, item_pk):
    """The copy, to be changed. With ``?again`` it begins from our text, and nothing is saved until it is."""
    item = _item(request, pk, item_pk)
    if request.method == "POST":
        return _edited(request, item)
    if (format := _format_of(item)) is None:
        return redirect("rooms:format", pk, item_pk)
    again = "again" in request.GET
    recipe = adopting.as_shipped(format) if again else adopting.recipe_of(format)
    return _editing(request, item, Editor.of(recipe, format.version), again=again)


def _edited(request, item):
    editor = Editor.typed(request.POST)
    change = request.POST.get("change", "")
    if change.startswith("role-"):
        return _editing(request, item, editor.with_roles(change), has_other_roles=True)
    if change:
        rows, at = rearranged(editor.rows(), change)
        template = "rooms/formats/edit.html#steps" if request.htmx else "rooms/formats/edit.html"
        return _editing(request, item, editor.arranged(rows), moved_to=at, template=template)
    if not editor.is_valid():
        return _editing(request, item, editor, status=422)
    try:
        adopting.change(item, editor.written(), version=editor.version(), by=request.user)
    except adopting.Faulty as refusal:
        editor.mark(refusal.faults)
        return _editing(request, item, editor, status=422)
    except adopting.Conflict as conflict:
        return _conflict(request, item, editor.written(), conflict.format)
    except Refusal as refusal:
        editor.recipe.add_error(None, str(refusal))
        return _editing(request, item, editor, status=409)
    return redirect("rooms:format", item.gathering_id, item.pk)


def _editing(request, item, editor, *, status=200, template="rooms/formats/edit.html", **more):
    context = {"gathering": item.gathering, "item": item, "editor": editor, **more}
    return render(request, template, context, status=status)


def _conflict(request, item, recipe, format):
    """Yours and theirs side by side; what you wrote stays in the form, ready to be saved over theirs."""
    if format is None:
        return _editing(request, item, Editor.typed(request.POST), status=409, is_gone=True)
    data = request.POST.copy()
    data["version"] = format.version
    differences = words.differences(recipe, adopting.recipe_of(format))
    return _editing(request, item, Editor.typed(data), status=409, differences=differences)


@login_required
@require_POST
def drop(request, pk, item_pk):
    item = _item(request, pk, item_pk)
    adopting.drop(item, version=whole_number(request.POST.get("version", "")), by=request.user)
    messages.success(request, _("The format is off. The item stays on the agenda."))
    return redirect("rooms:format" if item.kind == AgendaItem.Kind.FORMAT else "rooms:formats", *_place(item))


@login_required
@require_POST
def take_length(request, pk, item_pk):
    item = _item(request, pk, item_pk)
    minutes = whole_number(request.POST.get("minutes", ""))
    if not 1 <= minutes <= LONGEST_ITEM:
        raise BadRequest
    adopting.take_length(item, minutes, by=request.user)
    return redirect("rooms:format", pk, item_pk)


@login_required
@require_safe
def kit(request, pk, item_pk):
    """Script, timings and cards on paper, in the circle's language."""
    item = _item(request, pk, item_pk)
    if (format := _format_of(item)) is None:
        raise Http404
    body = kits.put_on_paper(item, adopting.recipe_of(format))
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="format-{item.pk}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


def _read(item, recipe):
    """What a page needs to show a recipe."""
    return {
        "gathering": item.gathering,
        "item": item,
        "recipe": recipe,
        "people": words.people_of(recipe),
        "length": _length(recipe, item.gathering),
        "parts": [_part(part) for part in recipe.parts],
        "role_names": {role.key: role.name for role in recipe.roles},
    }


def _part(part):
    steps = [(step, words.length_of(step), words.about(step)) for step in part.steps]
    return part, words.times_of(part), steps


def _card(recipe, gathering):
    return recipe, words.people_of(recipe), _length(recipe, gathering)


def _told(item, gathering):
    """The item's format as a card has it; None where it has none yet."""
    format = _format_of(item)
    return _card(adopting.recipe_of(format), gathering) if format else None


def _length(recipe, gathering):
    minutes = _minutes(recipe, gathering)
    return words.minutes_of(minutes, is_open_ended=adopting.is_open_ended(recipe))


def _minutes(recipe, gathering):
    return adopting.minutes_of(recipe, gathering.going_count)


def _gathering(request, pk):
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not can_facilitate(request.user, gathering):
        raise PermissionDenied
    return gathering


def _item(request, pk, item_pk):
    gathering = _gathering(request, pk)
    item = get_object_or_404(gathering.agenda.select_related("format"), pk=item_pk)
    item.gathering = gathering
    return item


def _format_of(item) -> Format | None:
    return getattr(item, "format", None)


def _place(item):
    return (item.gathering_id, item.pk) if item.kind == AgendaItem.Kind.FORMAT else (item.gathering_id,)
