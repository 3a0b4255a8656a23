"""Coming in, and being welcomed. The middle of sign-in is allauth's."""

from allauth.account.views import confirm_login_code
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from peerhood.people import arrival, profiles
from peerhood.people.forms import AddressForm, WelcomeForm
from peerhood.people.models import Person


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
    return render(request, "people/sign_in.html", context, status=422 if form.errors else 200)


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
    """Three questions, asked once; then those who are like whoever answered."""
    afterwards = _next(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.user.welcomed_at:
        return redirect(afterwards)
    if "skip" in request.POST:
        profiles.welcome(request.user)
        return redirect(afterwards)
    # A form writes into its instance before it knows whether all is well; request.user stays as it is.
    form = WelcomeForm(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if form.is_valid():
        profiles.welcome(request.user, **form.cleaned_data)
        return redirect(_next(request) or "people:like_me")
    context = {"form": form, "next_url": _next(request)}
    return render(request, "people/welcome.html", context, status=422 if form.errors else 200)


def _next(request):
    return arrival.own_url(request, request.POST.get("next") or request.GET.get("next", ""))
