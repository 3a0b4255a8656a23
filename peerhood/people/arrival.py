"""Arrival: how somebody comes in, whether we know them or not.

A code goes to the address; whoever can read it there is in. An address we do not
know gets a person with an empty name in the same transaction, so the answer is
the same for everybody: nobody learns from us who is a member. Whoever never
confirms, and holds nothing here, is forgotten after a day.
"""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import ManyToOneRel, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import get_language

from peerhood.people import searching
from peerhood.people.models import Person

FORGET_AFTER = timedelta(days=1)


@transaction.atomic
def begin(request: HttpRequest, address: str, next_url: str = "") -> HttpResponse:
    """Send a code to an address, known or not, and go on to the page where it is typed in.

    Errors:
        ValidationError: this is no address; callers ask with a form that says so first.
    """
    address = address.strip().lower()
    validate_email(address)
    if request.user.is_authenticated:
        return redirect(own_url(request, next_url) or resolve_url(settings.LOGIN_REDIRECT_URL))
    if too_many := ratelimit.consume_or_429(request, action="request_login_code", key=address):
        return too_many
    person = person_at(address)
    # Without a person no code is made and no mail is sent; the page to come is the same.
    LoginCodeVerificationProcess.initiate(
        request=request, user=person if person.is_active else None, email=address
    )
    return redirect(leading_to(reverse("account_confirm_login_code"), own_url(request, next_url)))


def owner_of(address: str) -> Person | None:
    """Whose address it is: whoever proved it, else whoever has it as the main one."""
    proven = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
    return proven.user if proven else Person.objects.at(address).first()


def person_at(address: str) -> Person:
    """Whoever the address belongs to, or a new person, who says their name when they come."""
    person = owner_of(address)
    if person is None:
        language = get_language()
        newcomer = {
            "name": "",
            "language": language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
            "password": make_password(None),
        }
        # Two first tries at the same moment: the second finds what the first one made.
        person, _is_new = Person.objects.get_or_create(email=address, defaults=newcomer)
    # The right code proves this row (allauth); without it a second code would be asked for.
    EmailAddress.objects.get_or_create(user=person, email=address)
    return person


def own_url(request: HttpRequest, url: str) -> str:
    """The URL when it stays with us, else nothing: sign-in must not be a springboard to elsewhere."""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be taken for the name of a page.
    return url if ours and url.startswith("/") else ""


def leading_to(url: str, next_url: str) -> str:
    """A page that knows where to go afterwards."""
    return f"{url}?{urlencode({'next': next_url})}" if next_url else url


def forget_unconfirmed() -> int:
    """Remove whoever gave an address a day ago, never confirmed it, and holds nothing here."""
    forgotten_count = 0
    for person in unconfirmed():
        with transaction.atomic():
            # Asked again under the lock: a code may have been typed in meanwhile.
            still = unconfirmed().select_for_update().filter(pk=person.pk).first()
            if still and not holds_something(still):
                searching.forget(still)
                still.delete()
                forgotten_count += 1
    return forgotten_count


def unconfirmed() -> QuerySet[Person]:
    """Persons who came by giving an address, proved none, and asked for no code within a day."""
    long_ago = now() - FORGET_AFTER
    return (
        Person.objects.filter(last_login=None, joined_at__lt=long_ago, is_staff=False)
        .filter(pk__in=EmailAddress.objects.values("user"))
        .exclude(pk__in=EmailAddress.objects.filter(verified=True).values("user"))
        .exclude(mails__created_at__gte=long_ago)
    )


def holds_something(person: Person) -> bool:
    """Does anything but their own address and our mails to them point at this person?

    Later steps are asked without being known: every foreign key to a person counts, whoever owns it.
    """
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: person}).exists()
        for relation in Person._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
        and relation.related_model is not EmailAddress
        and relation.name != "mails"
    )
