"""Passkeys: what allauth asks us about them, and a browser's answer that nobody can read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.people.models import Person

UNKNOWN = _("This passkey does not open anything here. Use another one, or a code by e-mail.")


class Adapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": UNKNOWN}

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def _get_site_name(self) -> str:
        # Shown by the phone when it asks which passkey to use.
        return settings.SITE_NAME


@contextmanager
def unreadable_is_unknown() -> Iterator[None]:
    try:
        yield
    except ValidationError:
        raise
    except Exception as error:
        # fido2 lets out whatever it stumbles over in what a browser, or somebody else, sent.
        raise ValidationError(UNKNOWN) from error


class Answer(forms.JSONField):
    """What the browser answered; a number in it may have more digits than Python reads."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        with unreadable_is_unknown():
            return super().to_python(value)


class SignInForm(LoginWebAuthnForm):
    credential = Answer()

    def clean_credential(self) -> Authenticator:
        with unreadable_is_unknown():
            return super().clean_credential()


class AddForm(AddWebAuthnForm):
    credential = Answer()

    def clean(self) -> dict[str, Any]:
        with unreadable_is_unknown():
            return super().clean()
