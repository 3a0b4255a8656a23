"""What there is to read: the list, a gathering's page, its guests."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings import agenda, confidentiality, queries
from peerhood.gatherings.cards import KEY_FIELDS, rows
from peerhood.gatherings.coming import greeting
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.forms.answering import AddressForm
from peerhood.gatherings.models import AgendaItem, Gathering, Part, Rsvp
from peerhood.gatherings.permissions import can_attend, standing_of
from peerhood.gatherings.views import finding
from peerhood.people.models import Person
from peerhood.platform.kept_pages import kept

ROWS = 50
FACES = 6


@require_safe
@kept("gatherings", "circles")
def list_gatherings(request):
    # The circles are fetched once, for the filter and as what this person may see.
    circles = list(Circle.objects.visible_to(request.user).only("slug", "name"))
    circle = _chosen(circles, request.GET.get("circle"))
    is_past = "past" in request.GET
    shown = Gathering.objects.listed_for(request.user, circles)
    if circle:
        shown = shown.hosted_by([circle])
    gatherings = shown.only(*KEY_FIELDS)
    gatherings = gatherings.past() if is_past else gatherings.upcoming()
    page = Paginator(gatherings, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows(list(page), _statuses(request.user, page), {circle.pk for circle in circles}),
        "drafts": _drafts(request.user, shown),
        "polls": queries.polls_of(request.user).filter(circle=circle) if circle and not is_past else [],
        "circles": circles,
        "circle": circle,
        "is_past": is_past,
    }
    return render(request, "gatherings/list.html", context)


def _chosen(circles, slug):
    """The circle the list is of; one this person may not see does not exist."""
    if not slug:
        return None
    found = [circle for circle in circles if circle.slug == slug]
    if not found:
        raise Http404
    return found[0]


def _statuses(person, gatherings):
    if not person.is_authenticated:
        return {}
    held = Rsvp.objects.held().filter(person=person, gathering__in=[each.pk for each in gatherings])
    return dict(held.values_list("gathering_id", "status"))


def _drafts(person, shown):
    """Drafts are rare, and few people work on them: the long question is asked only when there is one."""
    drafts = shown.drafts()
    if not person.is_authenticated or not drafts.exists():
        return []
    return list(drafts.run_by(person).select_related("circle")[:ROWS])


@require_safe
@kept("gatherings/{pk}", "circles")
def detail(request, pk, template="gatherings/detail.html"):
    gathering = finding.visible(request, pk)
    return render(request, template, page_of(gathering, request.user))


def page_of(gathering, person) -> dict:
    """What the gathering's page shows this person; its fragments are made from the same."""
    answer = gathering.rsvps.filter(person_id=person.pk).first() if person.is_authenticated else None
    rsvp = answer if answer and answer.is_held() else None
    standing = standing_of(person, gathering)
    may_host = standing.can_host()
    run = _run(gathering)
    return {
        "gathering": gathering,
        "circles": gathering.circles_known_to(person),
        "rsvp": rsvp,
        "has_declined": answer is not None and answer.has_declined(),
        "was_refused": answer is not None and answer.was_refused(),
        "room_is_free": gathering.free_in(Part.ROOM) > 0,
        "online_is_free": gathering.free_in(Part.ONLINE) > 0,
        "address_form": AddressForm(gathering=gathering),
        "may_attend": can_attend(person, gathering),
        "may_host": may_host,
        "may_cancel": may_host and not gathering.is_over() and not gathering.is_cancelled(),
        "may_greet": standing.can_greet(),
        "alone": greeting.alone_at(gathering) if standing.can_greet() else [],
        "may_facilitate": standing.can_facilitate(),
        "may_join": may_host or queries.may_read_join_link(gathering, rsvp),
        # A date belongs in nobody's calendar before they have a seat.
        "may_keep_date": gathering.takes_answers() and not (rsvp and rsvp.is_waiting()),
        "own_clock": person.is_authenticated and _clocks_differ(gathering),
        "series": queries.series_of(gathering, person),
        **(_advice(gathering) if may_host and gathering.is_draft() else {}),
        **run,
        **_people(gathering, standing, run["level"]),
    }


def _advice(gathering):
    """What whoever publishes a draft should know."""
    lines = agenda.lines_of(gathering)
    return {
        "warnings": agenda.warnings(gathering),
        "lacking": agenda.lacking_in(lines),
        "share": agenda.share_of(lines),
    }


def _run(gathering):
    programme = queries.agenda_with_times(gathering)
    items = [item for item, _starts_at in programme]
    level = agenda.strictest(items)
    return {
        "programme": programme,
        "level": level,
        "rule": confidentiality.TABLE[level],
        "whole_day": all(item.confidentiality == level for item in items),
        "has_fika": any(item.kind == AgendaItem.Kind.FIKA for item in items),
        "part_of_day": agenda.part_of_day(gathering),
    }


def _people(gathering, standing, level):
    """Names are for those inside; others learn the first names of the hosts, how many come, and who wants to be read."""
    may_see = standing.can_see_guests()
    is_public = confidentiality.allows(level, Surface.ATTENDEES_PUBLIC)
    hosts = [host.name if may_see else host.first_name for host in gathering.hosts.order_by("name", "pk")]
    going = (
        readable(gathering.rsvps.going(), standing, is_public)
        .select_related("person")
        .order_by("answered_at", "pk")
    )
    guests = [rsvp.person for rsvp in going[:FACES]]
    return {
        "hosted_by": get_text_list(hosts, _("and")),
        "may_see_guests": may_see,
        "guests": guests,
        "more_guests": gathering.going_count - len(guests),
        "names_are_public": is_public,
        "organisations_count": queries.organisations_count(gathering) if is_public and not may_see else 0,
    }


def readable(rsvps, standing, is_public=False):
    """Those whose name may be read: by whoever greets all of them, by others as each has chosen and the level allows."""
    if standing.can_greet():
        return rsvps
    if standing.can_see_guests():
        return rsvps.shown_to_others()
    return rsvps.shown_to_everybody() if is_public else rsvps.none()


def _clocks_differ(gathering):
    here, there = (gathering.starts_at.astimezone(zone) for zone in (get_current_timezone(), gathering.zone))
    return here.utcoffset() != there.utcoffset()


@login_required
@require_safe
def guests(request, pk):
    gathering = finding.visible(request, pk)
    standing = standing_of(request.user, gathering)
    if not standing.can_see_guests():
        raise PermissionDenied
    may_greet = standing.can_greet()
    going = _with_jobs(readable(gathering.rsvps.going(), standing))
    going = queries.with_homes(going, request.user).order_by("person__name", "pk")
    page = Paginator(going, ROWS).get_page(request.GET.get("page"))
    context = {
        "gathering": gathering,
        "page": page,
        "may_greet": may_greet,
        "known": _known(request.user, page),
        # Being new is told to those who can do something about it, and to nobody else.
        "first_timers": queries.first_timers(gathering) if may_greet else set(),
        "may_host": standing.can_host(),
        "hidden_count": gathering.rsvps.going().count() - page.paginator.count,
    }
    return render(request, "gatherings/guests.html", context)


def _with_jobs(rsvps):
    return rsvps.select_related("person").prefetch_related("person__affiliations__employer")


def _known(person, page):
    """Ids of those on the page whose own page this person may open."""
    here = [rsvp.person_id for rsvp in page]
    return set(Person.objects.visible_to(person).filter(pk__in=here).values_list("pk", flat=True))
