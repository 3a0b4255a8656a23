"""Whom I keep, whom I met, and one of my people. Everything starts from who asks: nobody sees another's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.connections import connecting, mailing, noting, queries, taking_along
from peerhood.connections.cards import leaving
from peerhood.connections.forms import NoteForm
from peerhood.connections.models import Note
from peerhood.people.models import Person

PAGE_SIZE = 20
LONGEST_SEARCH = 80
LONGEST_LINE = 200


@login_required
@require_safe
def my_people(request):
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    kept = queries.my_people(request.user, search)
    context = {
        "page": Paginator(kept, PAGE_SIZE).get_page(request.GET.get("page")),
        "search": search,
        "notes_left": queries.notes_left(request.user),
        "sat_at_lately": queries.sat_at_lately(request.user),
        "left_count": leaving.waiting_for(request.user).count(),
    }
    return render(request, "connections/list.html", context)


@login_required
@require_safe
def cards(request):
    return _file(taking_along.cards(queries.my_people(request.user)), "text/vcard", "my-people.vcf")


@login_required
@require_safe
def spreadsheet(request):
    return _file(taking_along.spreadsheet(queries.my_people(request.user)), "text/csv", "my-people.csv")


def _file(content, kind, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers=headers)


@login_required
@require_safe
def met(request, pk):
    gathering = get_object_or_404(queries.gatherings_of(request.user), pk=pk)
    people_met = queries.met_at(gathering, request.user)
    context = {
        "gathering": gathering,
        "people_met": people_met,
        "keeps_somebody": any(met.is_mutual for met in people_met),
    }
    return render(request, "connections/met.html", context)


@login_required
@require_POST
def mail_list(request):
    mailing.mail_list(request.user)
    return _mailed(request, "connections:list")


@login_required
@require_POST
def mail_met(request, pk):
    gathering = get_object_or_404(queries.gatherings_of(request.user), pk=pk)
    mailing.mail_list(request.user, gathering)
    return _mailed(request, "connections:met", pk)


def _mailed(request, *back):
    messages.success(request, _("Your list is on its way to %(address)s.") % {"address": request.user.email})
    return redirect(*back)


@login_required
@require_POST
def answer(request, pk, person_pk, act):
    """``act`` is connecting.say_met or connecting.take_back; the URL decides."""
    gathering = get_object_or_404(queries.gatherings_of(request.user), pk=pk)
    other = get_object_or_404(Person, pk=person_pk)
    if not queries.said_of(gathering, request.user, other):
        raise Http404
    act(request.user, other, gathering)
    if request.htmx:
        context = {"gathering": gathering, "met": queries.said_of(gathering, request.user, other)}
        return render(request, "connections/met_person.html", context)
    return redirect(f"{reverse('connections:met', args=[pk])}#person-{person_pk}")


@login_required
@require_POST
def talked_about(request, pk, person_pk):
    gathering = get_object_or_404(queries.gatherings_of(request.user), pk=pk)
    other = get_object_or_404(Person, pk=person_pk)
    if not queries.said_of(gathering, request.user, other):
        raise Http404
    words = request.POST.get("words", "").replace("\0", "")[:LONGEST_LINE]
    noting.talked_about(request.user, other, gathering, words)
    if request.htmx:
        context = {"gathering": gathering, "met": queries.said_of(gathering, request.user, other)}
        return render(request, "connections/met_person.html", context)
    return redirect(f"{reverse('connections:met', args=[pk])}#person-{person_pk}")


def _of_mine(request, pk):
    """Somebody I keep, or have a note about; my connection with them and my note, either may be None."""
    person = get_object_or_404(Person, pk=pk)
    connection = queries.kept_by(request.user).between(request.user, person).first()
    note = Note.objects.filter(owner=request.user, about=person).first()
    if not connection and not note:
        raise Http404
    return person, connection, note


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request, pk):
    person, connection, note = _of_mine(request, pk)
    form = NoteForm(request.POST or None, instance=note)
    if form.is_valid():
        noting.note(request.user, person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('connections:list')}#person-{pk}")
    context = {"person": person, "connection": connection, "form": form}
    return render(request, "connections/person.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request, pk):
    person, _connection, _note = _of_mine(request, pk)
    connecting.take_back(request.user, person)
    messages.success(request, _("You are not connected with %(name)s any more.") % {"name": person})
    return redirect("connections:list")
