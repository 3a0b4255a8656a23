"""Sign-in: a code by e-mail, or a passkey. There are no passwords.

allauth carries the flow; this adapter sends its mails through our outbox, in the
reader's language, so that a code is written in the same transaction as the
attempt and is seen at /mail/ in the demo. A passkey is another way in, never a
second lock: whoever reads the mailbox can always come in, so nobody is locked out
by a lost telephone. Each change to addresses and passkeys is told by mail instead.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from peerhood.notices import bounces, sending
from peerhood.people.arrival import own_url, owner_of

# They would tell a stranger, or a mailbox, who is a member and who is not.
NEVER_SENT = {"unknown_account", "account_already_exists"}
# What our templates may say; allauth also knows the reader's network address and browser.
SAID = {"code", "email", "deleted_email", "from_email", "to_email"}
LONGEST_ADDRESS = 254


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code we sent. Take the one from our latest mail, or ask for a new one."
        ),
        "too_many_login_attempts": _("Too many tries in a row. Wait a few minutes, then ask for a new code."),
        "rate_limited": _("That was quick. Wait a few minutes, then try again."),
        "email_taken": _("Somebody here already has this address. If it is you, sign in with it."),
        "duplicate_email": _("This address is already yours."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write allauth's mail into the outbox; ``template_prefix`` is like account/email/login_code."""
        kind = template_prefix.rsplit("/", 1)[-1].removesuffix("_signup")
        if kind in NEVER_SENT:
            return
        person = context.get("user") or owner_of(email)
        language = person.language if person else translation.get_language() or settings.LANGUAGE_CODE
        said = {name: value for name, value in context.items() if name in SAID}
        sending.send_to(email, f"people/{kind}", language=language, person=person, **said)

    def post_login(self, request: HttpRequest, user: Any, *, email: str | None, **about: Any) -> HttpResponse:
        # With a code they have read what was sent there; a passkey comes without an address.
        if email:
            bounces.proven(email)
        return super().post_login(request, user, email=email, **about)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            bounces.proven(email_address.email)
        return is_confirmed

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Newcomers are asked three questions, once; ``next`` goes before (allauth sees to that)."""
        if request.user.is_authenticated and request.user.welcomed_at is None:
            return reverse("people:welcome")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_email")

    def is_safe_url(self, url: str) -> bool:
        return bool(own_url(current.request, url))

    def clean_email(self, email: str) -> str:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is longer than any that works."))
        return email

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """The last proven address stays: without it nobody could come in again."""
        others = EmailAddress.objects.filter(user=email_address.user_id).exclude(pk=email_address.pk)
        is_last_proven = email_address.verified and not others.filter(verified=True).exists()
        return not is_last_proven and super().can_delete_email(email_address)

    def get_login_stages(self) -> list[str]:
        # Left out: allauth's step that asks for a passkey after the code.
        return [
            "allauth.account.stages.LoginByCodeStage",
            "allauth.account.stages.EmailVerificationStage",
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return False
