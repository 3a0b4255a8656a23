"""Invitation links: an organiser makes them, and whoever gets one follows it."""

from urllib.parse import quote, urlencode

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles import queries
from peerhood.circles.entering import agreeing, links, places
from peerhood.circles.forms import ApplicationForm, LinkForm
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.circles.views.name_said import keep_name, name_form
from peerhood.circles.views.words_read import version_read
from peerhood.people.arrival import leading_to

ON_A_PAGE = 50
# Wrong tokens are counted by where they come from; right ones never are.
WRONG_TOKENS = "invitation_link"


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def list_(request, slug):
    """An organiser's own links. A new one is shown in the answer to its making, and never again."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not may(request.user, Power.INVITE, circle):
        raise PermissionDenied
    form = LinkForm(request.POST if request.method == "POST" else None)
    new, url, letter = None, "", ""
    if form.is_valid():
        new, token = links.make(circle, by=request.user, **form.cleaned_data)
        url = settings.SITE_URL + reverse("circles:follow", args=[token])
        letter = _letter(circle, url, to=form.cleaned_data["address"])
    context = {
        "circle": circle,
        "form": LinkForm() if new else form,
        "new": new,
        "url": url,
        "letter": letter,
        "page": Paginator(queries.links_of(circle, request.user), ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "circles/links.html", context, status=422 if form.errors else 200)


def _letter(circle, url, *, to):
    """A mail to be sent from one's own mailbox. Its subject says nothing that others should not see."""
    with translation.override(circle.language):
        said = {
            "subject": translation.gettext("An invitation"),
            "body": translation.gettext(
                "Hello,\n\nI would like you to join us. What it is about stands here, and you decide there:\n"
                "%(url)s\n"
            )
            % {"url": url},
        }
    return f"mailto:{quote(to, safe='@')}?{urlencode(said, quote_via=quote)}"


@login_required
@require_POST
def revoke(request, slug, pk):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not may(request.user, Power.INVITE, circle):
        raise PermissionDenied
    links.revoke(get_object_or_404(queries.links_of(circle, request.user), pk=pk), by=request.user)
    messages.success(request, _("The link works no longer."))
    return redirect("circles:links", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, token):
    """To look changes nothing: scanners of mail follow links. A visitor signs in and comes back."""
    wrong = {"action": WRONG_TOKENS, "limit_get": True}
    if too_many := ratelimit.consume_or_429(request, dry_run=True, **wrong):
        return too_many
    try:
        link = links.find(token)
        if not request.user.is_authenticated:
            return redirect(leading_to(reverse("account_login"), request.path))
        return _follow(request, link)
    except links.LinkGone:
        too_many = ratelimit.consume_or_429(request, **wrong)
        return too_many or render(request, "circles/link_gone.html", status=404)


def _follow(request, link):
    circle = link.circle
    membership = circle.memberships.filter(person=request.user).first()
    if membership and membership.is_inside():
        return redirect(circle)
    lets_in = links.lets_in(link, request.user, membership)
    if not lets_in and membership and membership.state == membership.State.APPLIED:
        return redirect("circles:invitations")
    form = ApplicationForm(request.POST if request.method == "POST" else None, circle=circle)
    problem, naming = None, name_form(request)
    if request.method == "POST" and (lets_in or form.is_valid()) and keep_name(request, naming):
        said = {} if lets_in else form.said()
        try:
            membership = links.follow(link, request.user, agreed_to=version_read(request), **said)
        except agreeing.OtherWords as other:
            problem = other
        else:
            if not membership.is_inside():
                return redirect("circles:invitations")
            messages.success(request, _("Welcome to %(circle)s.") % {"circle": circle})
            return redirect(circle)
    context = {
        "circle": circle,
        "agreement": circle.current_agreement(),
        "lets_in": lets_in,
        "is_full": places.free(circle) == 0,
        "link": link,
        "form": form,
        "name_form": naming,
        "problem": problem,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "circles/follow.html", context, status=status)
