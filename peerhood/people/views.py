"""Coming in, being welcomed, and one's own pages. The middle of sign-in is allauth's."""

from allauth.account.views import confirm_login_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood import packs
from peerhood.people import affiliations, arrival, profiles
from peerhood.people.forms import AddressForm, AffiliationForm, ProfileForm, WelcomeForm
from peerhood.people.models import Affiliation, Person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request, code_ran_out=False):
    """Members and newcomers alike give an address here."""
    next_url = _next(request)
    if request.user.is_authenticated:
        return redirect(next_url or resolve_url(settings.LOGIN_REDIRECT_URL))
    form = AddressForm(request.POST or None)
    if form.is_valid():
        return arrival.begin(request, form.cleaned_data["address"], next_url)
    context = {"form": form, "next_url": next_url, "code_ran_out": code_ran_out}
    return render(request, "people/sign_in.html", context, status=_status(form))


@require_safe
def sign_up(request):
    """There is one way in for everybody."""
    return redirect(arrival.leading_to(reverse("account_login"), _next(request)))


@transaction.atomic
def code(request):
    """Type in the code: allauth's page. When the code has run out, where one was going is kept."""
    response = confirm_login_code(request)
    ran_out = reverse("account_request_login_code")
    if response.status_code == 302 and response.url == ran_out:
        return redirect(arrival.leading_to(ran_out, _next(request)))
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request):
    """Three questions, asked once."""
    afterwards = _next(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.user.welcomed_at:
        return redirect(afterwards)
    if "skip" in request.POST:
        profiles.welcome(request.user)
        return redirect(afterwards)
    form = WelcomeForm(request.POST or None, instance=_me(request))
    if form.is_valid():
        profiles.welcome(request.user, **form.cleaned_data)
        return redirect(afterwards)
    context = {"form": form, "next_url": _next(request)}
    return render(request, "people/welcome.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def me(request):
    form = ProfileForm(request.POST or None, instance=_me(request))
    if not form.is_valid():
        return _show_me(request, form, AffiliationForm())
    profiles.change(request.user, **form.cleaned_data)
    with translation.override(request.user.language):
        messages.success(request, _("Saved."))
    response = redirect("people:me")
    if "language" in form.changed_data:
        # The person has chosen; what this device chose earlier would hide it.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@login_required
@require_POST
def add_job(request):
    form = AffiliationForm(request.POST)
    if not form.is_valid():
        return _show_me(request, ProfileForm(instance=_me(request)), form)
    affiliations.add(request.user, **form.cleaned_data)
    return redirect(f"{reverse('people:me')}#jobs")


@login_required
@require_POST
def change_job(request, pk, act):
    """``act`` is affiliations.end or affiliations.remove; the URL decides."""
    act(get_object_or_404(Affiliation, pk=pk, person=request.user), by=request.user)
    return redirect(f"{reverse('people:me')}#jobs")


@login_required
@require_safe
def detail(request, pk):
    """A person's card. How to reach them is not on it: that takes a connection."""
    visible = Person.objects.visible_to(request.user).prefetch_related("affiliations__employer")
    person = get_object_or_404(visible, pk=pk)
    context = {
        "person": person,
        "work": _work_of(person),
        "circles": person.circles_shared_with(request.user),
    }
    return render(request, "people/detail.html", context)


def _show_me(request, form, job_form):
    context = {
        "form": form,
        "job_form": job_form,
        "jobs": request.user.affiliations.select_related("employer"),
    }
    return render(request, "people/me.html", context, status=max(_status(form), _status(job_form)))


def _status(form):
    return 422 if form.is_bound and not form.is_valid() else 200


def _me(request):
    # A form writes into its instance before it knows whether all is well; request.user stays as it is.
    return Person.objects.get(pk=request.user.pk)


def _work_of(person):
    """The pack's questions this person has answered, as pairs of words."""
    pack, language = packs.current(), translation.get_language()
    said = [(key, pack.answer(key, value, language)) for key, value in person.profile.items()]
    return [(pack.label(key, language), words) for key, words in said if words]


def _next(request):
    return arrival.own_url(request, request.POST.get("next") or request.GET.get("next", ""))
