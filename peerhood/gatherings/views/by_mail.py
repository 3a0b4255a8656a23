"""The page behind a link in a mail: a name, one button, and no sign-in. To open it changes nothing."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from peerhood.design import qr
from peerhood.gatherings import queries, rsvp
from peerhood.gatherings.arriving import tickets
from peerhood.gatherings.coming import holding, links, preparing, still_coming
from peerhood.gatherings.forms.answering import NameForm
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_attend
from peerhood.gatherings.views import finding


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk, token):
    """Who the link is for is known from it: somebody we wrote to, or whoever reads a mailbox we wrote to."""
    gathering = get_object_or_404(Gathering.objects.announced().select_related("circle"), pk=pk)
    person, hold = links.person_of(token, gathering), None
    if person is None:
        hold = holding.find(token, gathering)
        if hold is None:
            return render(request, "gatherings/link_over.html", _known_of(request, gathering), status=404)
        person = holding.owner(hold)
    form = NameForm(finding.posted(request)) if not (person and person.name) else None
    if request.method == "POST" and (form is None or "yes" not in request.POST or form.is_valid()):
        return _act(request, gathering, person, hold, form)
    context = page_for(gathering, person, hold) | {"form": form}
    return render(request, "gatherings/by_mail.html", context, status=422 if form and form.errors else 200)


def page_for(gathering, person, hold):
    """What the page shows: where this person stands, and nothing about anybody else."""
    found = gathering.rsvps.filter(person=person).select_related("greeter").first() if person else None
    held = found if found and found.is_held() else None
    return {
        "gathering": gathering,
        "reader": person,
        "rsvp": held,
        "has_declined": found is not None and found.has_declined(),
        "hold": hold,
        "may_attend": can_attend(person, gathering) if person else gathering.circle.kind == "open",
        "may_join": queries.may_read_join_link(gathering, held),
        "code": qr.drawn(tickets.address_of(held), border=4) if tickets.is_needed(held) else "",
        "pack": preparing.pack_of(gathering) if held and held.is_going() else None,
        "asks_still": still_coming.is_asked(gathering),
        "is_first_time": bool(person) and not queries.has_been_to(gathering, person),
    }


def _act(request, gathering, person, hold, form):
    """One of three buttons: I come, I do not, I am still coming."""
    if "no" in request.POST and person:
        rsvp.decline(gathering, person)
    elif "still" in request.POST and person:
        still_coming.confirm(gathering, person)
    elif "yes" in request.POST:
        if hold:
            holding.confirm(hold, form.cleaned_data["name"] if form else "")
        else:
            rsvp.attend(gathering, person)
    return redirect(request.path)


def _known_of(request, gathering):
    """A dead link tells of the gathering only whoever may know of it anyway."""
    seen = Gathering.objects.visible_to(request.user).filter(pk=gathering.pk)
    if not seen.exists():
        raise Http404
    return {"gathering": gathering}
