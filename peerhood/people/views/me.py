"""One's own page: what one says of oneself, one's jobs, photo and addresses, and how others see it."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood import packs
from peerhood.people import addresses, affiliations, profiles
from peerhood.people.forms import AffiliationForm, PhotoForm, ProfileForm
from peerhood.people.models import Affiliation, Person
from peerhood.people.seeing import cards, photos
from peerhood.people.seeing.visibility import Level

AS_OTHERS = (Level.CIRCLES, Level.MEMBERS, Level.PUBLIC)


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
    if act is affiliations.end and EmailAddress.objects.filter(user=request.user).count() > 1:
        messages.info(request, _("If one of your addresses goes with this job, take it off under Addresses."))
    return redirect(f"{reverse('people:me')}#jobs")


@login_required
@require_POST
def put_photo(request):
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            photos.put(request.user, form.content())
            messages.success(request, _("Your photo is there."))
            return redirect(f"{reverse('people:me')}#photo")
        except photos.UnusablePhoto as problem:
            form.add_error("photo", str(problem))
    return _show_me(request, ProfileForm(instance=_me(request)), AffiliationForm(), form)


@login_required
@require_POST
def remove_photo(request):
    photos.remove(request.user)
    return redirect(f"{reverse('people:me')}#photo")


@login_required
@require_POST
def one_address(request):
    addresses.say_one_is_enough(request.user)
    messages.success(request, _("Thank you. We do not ask again."))
    return redirect("account_email")


@login_required
@require_safe
def as_others_see_me(request, level):
    """One's own card, as seen from each distance."""
    if level not in AS_OTHERS:
        raise Http404
    me = Person.objects.prefetch_related("affiliations__employer").get(pk=request.user.pk)
    context = {
        "card": cards.card_of(me, Level(level), pack=packs.current(), language=translation.get_language()),
        "level": level,
        "levels": [(level.value, level.label) for level in AS_OTHERS],
    }
    return render(request, "people/as_others_see_me.html", context)


def _show_me(request, form, job_form, photo_form=None):
    photo_form = photo_form or PhotoForm()
    context = {
        "form": form,
        "job_form": job_form,
        "photo_form": photo_form,
        "wants_another_address": addresses.wants_another(request.user),
        "photo": cards.photo_url(request.user, "large"),
        "jobs": request.user.affiliations.select_related("employer"),
    }
    is_wrong = any(shown.errors for shown in (form, job_form, photo_form))
    return render(request, "people/me.html", context, status=422 if is_wrong else 200)


def _me(request):
    # A form writes into its instance before it knows whether all is well; request.user stays as it is.
    return Person.objects.get(pk=request.user.pk)
