"""Coming in, being welcomed, and one's own pages. The middle of sign-in is allauth's."""

from allauth.account.models import EmailAddress
from allauth.account.views import confirm_login_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood import packs
from peerhood.people import addresses, affiliations, arrival, directory, profiles, putting_away, silence
from peerhood.people.forms import AddressForm, AffiliationForm, PhotoForm, ProfileForm, WelcomeForm
from peerhood.people.models import Affiliation, Person, Photo, Silence
from peerhood.people.seeing import cards, likeness, photos
from peerhood.people.seeing.visibility import Level

ON_A_PAGE = 25
PHOTO_SIZES = ("small", "large")
AS_OTHERS = (Level.CIRCLES, Level.MEMBERS, Level.PUBLIC)


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
    """Three questions, asked once; then those who are like whoever answered."""
    afterwards = _next(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.user.welcomed_at:
        return redirect(afterwards)
    if "skip" in request.POST:
        profiles.welcome(request.user)
        return redirect(afterwards)
    form = WelcomeForm(request.POST or None, instance=_me(request))
    if form.is_valid():
        profiles.welcome(request.user, **form.cleaned_data)
        return redirect(_next(request) or "people:like_me")
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
    if act is affiliations.end and EmailAddress.objects.filter(user=request.user).count() > 1:
        messages.info(request, _("If one of your addresses goes with this job, take it off under Addresses."))
    return redirect(f"{reverse('people:me')}#jobs")


@login_required
@require_safe
def list_(request):
    """The directory: whom of the network one may know of, found by words and by what they said."""
    form = directory.DirectoryForm(request.GET, label_suffix="")
    form.is_valid()
    found = form.find(request.user, upto=ON_A_PAGE * _page_number(request))
    page = Paginator(found.ids, ON_A_PAGE).get_page(request.GET.get("page"))
    is_part = bool(request.htmx) and not request.htmx.history_restore_request
    context = {
        "form": form,
        "found": found,
        "page": page,
        "rows": directory.rows_of(list(page.object_list), request.user),
        "is_part": is_part,
        "alike": ""
        if is_part
        else likeness.first_count(request.user, packs.current(), translation.get_language()),
    }
    return render(request, f"people/list.html{'#people' if is_part else ''}", context)


def _page_number(request):
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 1


@require_safe
def detail(request, pk):
    """A person's card, as far as the viewer may see it. How to reach them takes a connection."""
    visible = Person.objects.visible_to(request.user).prefetch_related("affiliations__employer")
    person = visible.filter(pk=pk).first()
    if person is None and not request.user.is_authenticated:
        # Whether there is somebody to see is the same answer to a visitor.
        return redirect_to_login(request.get_full_path())
    if person is None:
        raise Http404
    nearness = cards.nearness_of(request.user, person)
    context = {
        "card": _card(person, nearness),
        "person": person,
        "circles": person.circles_shared_with(request.user) if nearness == Level.CIRCLES else [],
    }
    return render(request, "people/detail.html", context)


@login_required
@require_safe
def as_others_see_me(request, level):
    """One's own card, as seen from each distance."""
    if level not in AS_OTHERS:
        raise Http404
    me = Person.objects.prefetch_related("affiliations__employer").get(pk=request.user.pk)
    context = {
        "card": _card(me, Level(level)),
        "level": level,
        "levels": [(level.value, level.label) for level in AS_OTHERS],
    }
    return render(request, "people/as_others_see_me.html", context)


@require_safe
def photo(request, pk, digest, size):
    """Somebody's photo, to whoever may see it. Its address changes when the photo does."""
    # A list names whoever is there, and shows the face beside it, blocked or not: a hole would tell of the block.
    there = Person.objects.filter(is_active=True).exclude(photo_digest="")
    person = get_object_or_404(there, pk=pk, photo_digest=digest)
    nearness = cards.nearness_of(request.user, person)
    if size not in PHOTO_SIZES or not (person.shows("name", nearness) and person.shows("photo", nearness)):
        raise Http404
    content = bytes(Photo.objects.values_list(size, flat=True).get(person=person))
    # A browser may keep it; a proxy may not, and whoever signs out is asked again within the hour.
    return HttpResponse(
        content, content_type="image/webp", headers={"Cache-Control": "private, max-age=3600"}
    )


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
@require_http_methods(["GET", "HEAD", "POST"])
def silence_about(request, pk):
    """What one keeps to oneself about somebody whose page one may open, or has blocked."""
    known = Person.objects.visible_to(request.user).filter(pk=pk) | Person.objects.filter(
        pk=pk, silences_about__owner=request.user
    )
    about = get_object_or_404(known.exclude(pk=request.user.pk).distinct())
    if request.method != "POST":
        kept = Silence.objects.filter(owner=request.user, about=about).first()
        return render(request, "people/silence.html", {"about": about, "kept": kept.kind if kept else ""})
    acts = {"not-with": silence.keep_apart, "block": silence.block}
    acts.get(request.POST.get("kind", ""), silence.let_go)(request.user, about)
    messages.success(request, _("Saved. Nobody else learns of it."))
    return redirect("people:silences")


@login_required
@require_safe
def silences(request):
    """The list that nobody else sees."""
    kept = request.user.silences.select_related("about").order_by("about__name")
    return render(request, "people/silences.html", {"silences": kept})


@login_required
@require_POST
def one_address(request):
    addresses.say_one_is_enough(request.user)
    messages.success(request, _("Thank you. We do not ask again."))
    return redirect("account_email")


@login_required
@require_safe
def like_me(request):
    """Others like me: how many, and those who agreed to be seen, each with a sentence why."""
    peers = likeness.peers_of(request.user, packs.current(), translation.get_language())
    return render(request, "people/like_me.html", {"peers": peers})


@login_required
@require_safe
def put_aways(request):
    """Whom one has put away; nobody else sees it."""
    kept = request.user.put_away.select_related("about").order_by("-at", "-pk")
    page = Paginator(kept, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/put_aways.html", {"page": page})


@login_required
@require_POST
def put_away(request, pk):
    about = get_object_or_404(Person.objects.visible_to(request.user).exclude(pk=request.user.pk), pk=pk)
    putting_away.put_away(request.user, about)
    messages.success(request, _("%(name)s is not suggested to you again.") % {"name": about})
    return redirect("people:like_me")


@login_required
@require_POST
def take_out(request, pk):
    about = get_object_or_404(Person.objects.filter(pk__in=request.user.put_away.values("about")), pk=pk)
    putting_away.take_out(request.user, about)
    messages.success(request, _("%(name)s may be suggested to you again.") % {"name": about})
    return redirect("people:put_aways")


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
    status = max(_status(shown) for shown in (form, job_form, photo_form))
    return render(request, "people/me.html", context, status=status)


def _status(form):
    return 422 if form.is_bound and not form.is_valid() else 200


def _me(request):
    # A form writes into its instance before it knows whether all is well; request.user stays as it is.
    return Person.objects.get(pk=request.user.pk)


def _card(person, nearness):
    return cards.card_of(person, nearness, pack=packs.current(), language=translation.get_language())


def _next(request):
    return arrival.own_url(request, request.POST.get("next") or request.GET.get("next", ""))
