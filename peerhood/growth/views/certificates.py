"""Certificates: one's own, the page that confirms one, and what those who run a gathering say of them."""

import json
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.growth import recording
from peerhood.growth.certificates import badge, issuing, offering, paper, queries
from peerhood.growth.forms import OfferForm, TakeBackForm
from peerhood.growth.models import Certificate, CertificateOffer
from peerhood.growth.views import files

ON_A_PAGE = 20


@login_required
@require_safe
def show(request):
    mine = queries.with_gathering(request.user.certificates.all())
    context = {
        "to_fetch": queries.to_fetch(request.user)[:ON_A_PAGE],
        "page": Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "growth/certificates.html", context)


@login_required
@require_POST
def fetch(request, pk):
    gathering = get_object_or_404(Gathering.objects.select_related("circle"), pk=pk)
    if not recording.was_there(request.user, gathering):
        raise Http404
    certificate = issuing.issue(gathering, by=request.user)
    messages.success(request, _("Here it is. It is yours alone until you show it to somebody."))
    return redirect(certificate)


@require_safe
def confirm(request, uid):
    """For whoever was shown it: the address is the only way here, so it is told to nobody further."""
    found = queries.with_gathering(Certificate.objects.filter(uid=uid)).first()
    context = {"certificate": found, "is_mine": found is not None and found.holder_id == request.user.pk}
    answer = render(request, "growth/certificate.html", context, status=200 if found else 404)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def as_paper(request, uid):
    certificate = _in_force(request, uid)
    return files.answer(paper.made(certificate), "application/pdf", "inline", "certificate.pdf")


@login_required
@require_safe
def as_badge(request, uid):
    body = json.dumps(badge.told(_in_force(request, uid)), ensure_ascii=False, indent=2)
    return files.answer(body, "application/ld+json; charset=utf-8", "attachment", "certificate.json")


@login_required
@require_POST
def withdraw(request, uid):
    certificate = _mine(request, uid)
    issuing.withdraw(certificate, by=request.user)
    messages.success(request, _("Withdrawn: whoever asks is told that it is not valid any more."))
    return redirect(certificate)


@login_required
@require_POST
def put_in_force(request, uid):
    certificate = _mine(request, uid)
    issuing.put_in_force(certificate, by=request.user)
    messages.success(request, _("It is valid again."))
    return redirect(certificate)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, pk):
    gathering = _hosted(request, pk)
    form = _offer_form(gathering, request.POST if request.method == "POST" else None)
    if form.is_valid():
        offering.offer(gathering, by=request.user, **form.said())
        messages.success(request, _("Saved. Whoever is checked in can fetch theirs when it is over."))
        return redirect("growth:offer_certificates", pk)
    return _offering(request, gathering, form=form)


@login_required
@require_POST
def stop(request, pk):
    offering.stop(_hosted(request, pk), by=request.user)
    messages.success(request, _("No more certificates are given. Those that were stay valid."))
    return redirect("growth:offer_certificates", pk)


@login_required
@require_POST
def take_back(request, pk):
    gathering = _hosted(request, pk)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        issuing.take_back(gathering, said["uid"], said["reason"], by=request.user)
        messages.success(request, _("Taken back. Its holder is told why."))
        return redirect("growth:offer_certificates", pk)
    return _offering(request, gathering, take_back=form)


def _offer_form(gathering, said=None):
    """What is offered, or the gathering's own title and the hours that are proposed to whoever was there."""
    offered = CertificateOffer.objects.filter(gathering=gathering).first()
    proposed = Decimal(max(recording.quarters_of(gathering), 1)) / 4
    initial = {} if offered else {"title": gathering.title, "hours": proposed}
    return OfferForm(said, instance=offered, initial=initial)


def _offering(request, gathering, form=None, take_back=None):
    sent = form or take_back
    context = {
        "gathering": gathering,
        "is_offered": CertificateOffer.objects.filter(gathering=gathering).exists(),
        "may_give": offering.may_give(gathering),
        "form": form or _offer_form(gathering),
        "take_back": take_back or TakeBackForm(),
    }
    status = 422 if sent is not None and sent.errors else 200
    return render(request, "growth/offer_certificates.html", context, status=status)


def _hosted(request, pk):
    known = Gathering.objects.select_related("circle").visible_to(request.user)
    gathering = get_object_or_404(known, pk=pk)
    if not can_host(request.user, gathering):
        raise PermissionDenied
    return gathering


def _mine(request, uid):
    return get_object_or_404(queries.with_gathering(request.user.certificates.all()), uid=uid)


def _in_force(request, uid):
    certificate = _mine(request, uid)
    issuing.refuse_withdrawn(certificate)
    return certificate
