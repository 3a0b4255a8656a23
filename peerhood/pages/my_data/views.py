"""The doors of one's own data."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.gatherings.calendars import feeds, subscriptions
from peerhood.notices import choices, quiet_hours
from peerhood.notices.models import Mail
from peerhood.pages.my_data.forms import QuietForm
from peerhood.pages.my_data.page import my_data_of
from peerhood.people import devices
from peerhood.people.models import Device, Person
from peerhood.people.own_data import asking, erasing

MAILS_ON_A_PAGE = 50


@login_required
@require_safe
def show(request):
    return _show(request)


def _show(request, *, status=200, **more):
    context = {"mine": my_data_of(request.user), "here": request.session.session_key, **more}
    return render(request, "my_data/page.html", context, status=status)


@login_required
@require_POST
def sign_out(request, pk):
    devices.sign_out(get_object_or_404(Device, pk=pk, person=request.user))
    return redirect(f"{reverse('pages:my_data')}#devices")


@login_required
@require_POST
def sign_out_others(request):
    devices.sign_out_others(request.user, request.session.session_key)
    messages.success(request, _("You are signed in on this device only."))
    return redirect(f"{reverse('pages:my_data')}#devices")


@login_required
@require_POST
def make_feed(request):
    """The address is shown in this answer and never again."""
    address = settings.SITE_URL + reverse("gatherings:own_feed", args=[feeds.make(request.user)])
    return _show(request, address=address, webcal=subscriptions.webcal(address))


@login_required
@require_POST
def close_feed(request):
    feeds.revoke(request.user)
    return redirect(f"{reverse('pages:my_data')}#calendar")


@login_required
@require_POST
def choose_mails(request):
    groups = set(choices.Group.values)
    wanted, together = (set(request.POST.getlist(name)) & groups for name in ("wanted", "together"))
    choices.choose(request.user, wanted, together)
    hours = QuietForm(request.POST)
    if not hours.is_valid():
        return _show(request, status=422, hours_error=True)
    if "quiet_begins" in request.POST:
        quiet_hours.choose(request.user, *hours.chosen())
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('pages:my_data')}#mails")


@login_required
@require_safe
def my_mails(request):
    """What somebody wanted once a day: what waits, what went out in a daily mail, and what they no longer wanted."""
    kept = Mail.objects.filter(person=request.user, state__in=(Mail.State.TOGETHER, Mail.State.GATHERED))
    shown = kept.exclude(text="").defer("calendar").order_by("-pk")
    page = Paginator(shown, MAILS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "my_data/my_mails.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request):
    """Ask for the file, and watch it being made."""
    if request.method == "POST":
        asking.ask(request.user)
        return redirect("pages:export")
    made = asking.kept().filter(person=request.user).first()
    template = "my_data/export.html#progress" if request.htmx else "my_data/export.html"
    return render(request, template, {"export": made, "kept_days": asking.KEPT_FOR.days})


@login_required
@require_safe
def export_file(request):
    """Everything that names me; for me alone, and never kept by a proxy or this browser."""
    made = get_object_or_404(asking.kept().defer("tables"), person=request.user, state="done")
    name = f"{settings.SITE_NAME}-{made.asked_at:%Y-%m-%d}.zip"
    return HttpResponse(
        bytes(made.file or b""),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request):
    """What goes and what stays, said before; and then, at once."""
    is_sure = "sure" in request.POST
    if request.method == "POST" and is_sure:
        try:
            erasing.erase(request.user)
        except erasing.NotYet as not_yet:
            return _show_erasure(request, not_yet.reasons, status=409)
        logout(request)
        return devices.forget_here(render(request, "my_data/erased.html"))
    unsure = request.method == "POST"
    return _show_erasure(
        request, erasing.obstacles_for(request.user), unsure=unsure, status=422 if unsure else 200
    )


def _show_erasure(request, reasons, *, status, unsure=False):
    made = asking.kept().filter(person=request.user).first()
    context = {"reasons": reasons, "export": made, "unsure": unsure}
    return render(request, "my_data/erasure.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave_mails(request, link):
    """Turn one kind of mail off without signing in. Looking changes nothing: mail scanners look at every link.

    A mail program posts here by itself (RFC 8058), from no page of ours: the link is the proof.
    """
    try:
        person_id, group = choices.read(link)
    except signing.BadSignature:
        raise Http404 from None
    if request.method == "POST":
        for person in Person.objects.filter(pk=person_id):
            choices.turn_off(person, group)
    context = {"group": choices.named(group), "is_off": request.method == "POST"}
    return render(request, "my_data/leave_mails.html", context)
