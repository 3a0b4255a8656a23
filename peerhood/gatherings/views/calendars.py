"""Calendar files: one gathering to put away, all public ones, a circle's, a network's or all of one's own to follow.

A feed hangs on a stamp of its own, "calendars": an answer changes lists and pages,
but nothing in a calendar, and a feed of a thousand gatherings is dear to make.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings.calendars import feeds, ical, subscriptions
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.platform.kept_pages import kept
from peerhood.platform.refusals import Refusal

A_YEAR = timedelta(days=365)
A_DAY_SECONDS = 86_400


@require_safe
@kept("gatherings/{pk}", "circles", fresh_for=A_DAY_SECONDS)
def calendar(request, pk):
    gatherings = Gathering.objects.visible_to(request.user)
    gathering = get_object_or_404(ical.with_discretion(gatherings), pk=pk)
    if gathering.is_draft():
        raise Refusal(_("A draft is in nobody’s calendar yet."))
    if request.user.is_authenticated and gathering.rsvps.without_seat().filter(person=request.user).exists():
        raise Refusal(_("You are in line for a seat. The calendar entry comes with the seat."))
    return _file(ical.calendar_of([gathering]), name=f"gathering-{pk}.ics", is_download=True)


@require_safe
@kept("circles")
def subscribe(request):
    """Where the calendars are to be had. A closed circle has none, and whoever may not know of it finds no page either."""
    circle = None
    if slug := request.GET.get("circle", "").replace("\0", ""):
        circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    context = {"circle": circle, "subscriptions": subscriptions.offered_to(request.user, circle)}
    return render(request, "gatherings/calendars.html", context)


@require_safe
@kept("calendars", "circles", fresh_for=A_DAY_SECONDS)
def feed(request):
    return _feed(Gathering.objects.all(), name=settings.SITE_NAME)


@require_safe
@kept("calendars", "circles", fresh_for=A_DAY_SECONDS)
def feed_of_circle(request, slug):
    circle = get_object_or_404(Circle.objects.visible_to(AnonymousUser()), slug=slug)
    return _feed(Gathering.objects.hosted_by([circle]), name=circle.name)


@require_safe
@kept("calendars", "circles", fresh_for=A_DAY_SECONDS)
def feed_of_network(request, slug):
    public = Circle.objects.visible_to(AnonymousUser())
    circle = get_object_or_404(public, slug=slug)
    # Chapters that everybody may know of: a gathering held together with a closed one would tell of it.
    family = public.filter(Q(pk=circle.pk) | Q(parent=circle))
    with translation.override(circle.language):
        name = _("%(circle)s with its chapters") % {"circle": circle.name}
    return _feed(Gathering.objects.hosted_by(family), name=name)


@require_safe
def own_feed(request, token):
    """One's own gatherings, to whoever has the private address. It is read by programs that sign in nowhere."""
    owner = feeds.owner_of(token)
    if owner is None:
        raise Http404
    mine = feeds.gatherings_of(owner).filter(starts_at__gt=now() - A_YEAR)
    with translation.override(owner.language):
        name = _("%(network)s: my gatherings") % {"network": settings.SITE_NAME}
    body = ical.calendar_of(ical.with_discretion(mine).order_by("starts_at", "pk"), name=name)
    response = _file(body, name="my-gatherings.ics")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    set_response_etag(response)
    # A program asks many times a day, and hardly ever is there anything new.
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _feed(gatherings, *, name):
    """What a visitor may see, whoever asks: a subscription is read by programs that sign in nowhere."""
    public = gatherings.visible_to(AnonymousUser()).filter(starts_at__gt=now() - A_YEAR)
    body = ical.calendar_of(
        ical.with_discretion(public).order_by("starts_at", "pk"), name=name, surface=Surface.FEED
    )
    return _file(body, name="gatherings.ics")


def _file(body, *, name, is_download=False):
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'{"attachment" if is_download else "inline"}; filename="{name}"'
    return response
