"""Contact cards: one's own two, whoever left theirs, and the page that any camera opens, without an app or an account."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from peerhood.connections import connecting
from peerhood.connections.cards import holding_out, leaving, on_paper
from peerhood.connections.cards.face import face_of, file_of
from peerhood.connections.cards.forms import ShowsForm
from peerhood.connections.models import Connection, ContactCard
from peerhood.design import qr
from peerhood.platform import guesses

PAGE_SIZE = 20
FIRST_CHOICE = ("title", "employer")
# The kind of secret whose wrong guesses are counted.
GUESSED = "connections/card"


# One's own.


@login_required
@require_safe
def mine(request):
    cards = {card.kind: card for card in ContactCard.objects.filter(owner=request.user)}
    waiting = leaving.waiting_for(request.user)
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "kinds": [(kind, label, cards.get(kind)) for kind, label in ContactCard.Kind.choices],
        "page": page,
        "left": [(each, face_of(each.leaver, each.shows)) for each in page],
    }
    return render(request, "connections/cards/mine.html", context)


def _of_mine(request, kind):
    return get_object_or_404(ContactCard.objects.select_related("owner"), owner=request.user, kind=kind)


def _shows_form(request, card):
    posted = request.POST if request.method == "POST" else None
    return ShowsForm(posted, person=request.user, shows=card.shows if card else FIRST_CHOICE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request, kind):
    """Make a card, or choose anew what it says."""
    if kind not in ContactCard.Kind.values:
        raise Http404
    card = ContactCard.objects.filter(owner=request.user, kind=kind).first()
    form = _shows_form(request, card)
    if form.is_valid():
        holding_out.choose(request.user, kind, form.cleaned_data["shows"])
        messages.success(request, _("Saved. Your card says this from now on."))
        return redirect("connections:my_cards")
    context = {"form": form, "card": card, "kind": ContactCard.Kind(kind)}
    return render(request, "connections/cards/choose.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def hold_out(request, kind):
    """The code, large, for somebody else's camera."""
    card = _of_mine(request, kind)
    address = holding_out.address_of(card)
    if not address:
        messages.error(request, _("This card needs a new address before it can be shown."))
        return redirect("connections:my_cards")
    context = {"card": card, "face": face_of(request.user, card.shows), "code": qr.drawn(address, border=4)}
    return render(request, "connections/cards/hold_out.html", context)


@login_required
@require_GET
def paper(request, kind):
    card = _of_mine(request, kind)
    address = holding_out.address_of(card)
    if not address:
        messages.error(request, _("This card needs a new address before it can be shown."))
        return redirect("connections:my_cards")
    body = on_paper.printed(face_of(request.user, card.shows), address, request.user)
    headers = {"Content-Disposition": 'inline; filename="contact-card.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


@login_required
@require_POST
def renew(request, kind):
    _of_mine(request, kind)
    holding_out.renew(request.user, kind)
    messages.success(request, _("Your card has a new address. The old code leads to it no longer."))
    return redirect("connections:my_cards")


@login_required
@require_POST
def put_away(request, kind):
    _of_mine(request, kind)
    holding_out.put_away(request.user, kind)
    messages.success(request, _("Put away. Its code leads to nothing of yours any more."))
    return redirect("connections:my_cards")


@login_required
@require_POST
def keep(request, pk):
    left = get_object_or_404(leaving.waiting_for(request.user), pk=pk)
    leaving.keep(left, request.user)
    messages.success(request, _("You and %(name)s keep each other.") % {"name": left.leaver})
    return redirect("connections:my_cards")


@login_required
@require_POST
def decline(request, pk):
    left = get_object_or_404(leaving.waiting_for(request.user), pk=pk)
    leaving.decline(left, request.user)
    messages.success(request, _("All right. Nobody is told."))
    return redirect("connections:my_cards")


# What a camera opens.


def by_address(view):
    """Give the view the card behind the token, or answer that it is over, was never there, or was asked for too often.

    Wrong tokens are counted by where they come from; looking at all is limited more generously.
    """

    @wraps(view)
    def answered(request, token, **kwargs):
        address = get_adapter().get_client_ip(request)
        too_many = ratelimit.consume_or_429(request, action="contact_card", limit_get=True)
        if too_many:
            return _unkept(too_many)
        if guesses.are_used_up(GUESSED, address):
            return _unkept(render(request, "429.html", status=429))
        card = holding_out.find(token)
        if card is not None:
            return _unkept(view(request, card, token, **kwargs))
        if holding_out.is_old(token):
            return _unkept(render(request, "connections/cards/gone.html", status=410))
        guesses.count_wrong(GUESSED, address)
        return _unkept(render(request, "connections/cards/gone.html", status=404))

    return answered


def _unkept(response):
    """Kept by nobody and found by nobody."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _without_referrer(response):
    # On a page without a form: from one that says "no-referrer" a browser sends its forms with no origin.
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@by_address
def shown(request, card, token):
    context = {
        "card": card,
        "token": token,
        "face": face_of(card.owner, card.shows),
        **_between(request, card),
    }
    return _without_referrer(render(request, "connections/cards/shown.html", context))


def _between(request, card):
    """How somebody who is signed in stands with the card's owner, as far as they may know."""
    if not request.user.is_authenticated:
        return {}
    if request.user == card.owner:
        return {"is_mine": True}
    is_mutual = Connection.objects.of(request.user).between(request.user, card.owner).exists()
    return {"is_mutual": is_mutual, "has_left": not is_mutual and leaving.has_left(request.user, card.owner)}


@require_safe
@by_address
def file(request, card, token):
    headers = {"Content-Disposition": 'attachment; filename="contact.vcf"'}
    body = file_of(face_of(card.owner, card.shows))
    return _without_referrer(HttpResponse(body, content_type="text/vcard; charset=utf-8", headers=headers))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@by_address
def leave(request, card, token):
    """Before anything is said, it is asked: this is what they see of you, and what comes of it."""
    own = ContactCard.objects.filter(owner=request.user).order_by("-kind").first()
    form = _shows_form(request, own)
    if form.is_valid():
        connection = leaving.leave(card, request.user, form.cleaned_data["shows"])
        said = {"name": card.owner}
        messages.success(
            request,
            _("You and %(name)s keep each other.") % said
            if connection.is_mutual()
            else _("You left your card with %(name)s. You keep each other once they say yes.") % said,
        )
        return redirect("connections:card_leave", token)
    context = {"card": card, "token": token, "form": form, **_between(request, card)}
    return render(request, "connections/cards/leave.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@by_address
def take_back(request, card, token):
    connecting.take_back(request.user, card.owner)
    messages.success(request, _("Taken back. No mail tells of it."))
    return redirect("connections:card_leave", token)
