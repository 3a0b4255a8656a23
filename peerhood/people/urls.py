"""People's own pages, and allauth's doors under the names that allauth looks for.

Only the doors we open are here; the rest of allauth has no address.
"""

from functools import wraps

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.urls import include, path

from peerhood.people import affiliations, devices
from peerhood.people.views import apart, arriving, me, others
from peerhood.platform import presence

pages = [
    path("welcome/", arriving.welcome, name="welcome"),
    path("me/", me.me, name="me"),
    path("me/jobs/", me.add_job, name="add_job"),
    path("me/jobs/<int:pk>/end/", me.change_job, {"act": affiliations.end}, name="end_job"),
    path("me/jobs/<int:pk>/remove/", me.change_job, {"act": affiliations.remove}, name="remove_job"),
    path("me/photo/", me.put_photo, name="put_photo"),
    path("me/photo/remove/", me.remove_photo, name="remove_photo"),
    path("me/as-others-see-me/<slug:level>/", me.as_others_see_me, name="as_others_see_me"),
    path("me/addresses/one-is-enough/", me.one_address, name="one_address"),
    path("people/", others.list_, name="list"),
    path("people/like-me/", others.like_me, name="like_me"),
    path("me/not-for-me/", apart.put_aways, name="put_aways"),
    path("people/<int:pk>/not-for-me/", apart.put_away, name="put_away"),
    path("people/<int:pk>/not-for-me/undo/", apart.take_out, name="take_out"),
    path("me/rather-not/", apart.silences, name="silences"),
    path("people/<int:pk>/rather-not/", apart.silence_about, name="silence"),
    path("people/<int:pk>/", others.detail, name="detail"),
    path("people/<int:pk>/photo/<slug:digest>/<slug:size>.webp", others.photo, name="photo"),
]


def once(view):
    """What allauth writes, it writes in several steps: each of its forms is one act here, of somebody who is here."""

    @wraps(view)
    @transaction.atomic
    def act(request, *args, **kwargs):
        if request.method == "POST" and request.user.is_authenticated:
            presence.hold(request.user)
        return view(request, *args, **kwargs)

    return act


def sign_out(request):
    response = account.logout(request)
    return devices.forget_here(response) if request.method == "POST" else response


urlpatterns = [
    path("", include((pages, "people"))),
    path("sign-in/", arriving.sign_in, name="account_login"),
    path("sign-in/again/", arriving.sign_in, {"code_ran_out": True}, name="account_request_login_code"),
    path("sign-in/code/", arriving.code, name="account_confirm_login_code"),
    path("sign-in/passkey/", once(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-up/", arriving.sign_up, name="account_signup"),
    path("sign-out/", sign_out, name="account_logout"),
    path("me/addresses/", once(account.email), name="account_email"),
    path("me/addresses/code/", once(account.email_verification_sent), name="account_email_verification_sent"),
    path("me/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    # allauth goes here after a passkey was added.
    path("me/passkeys/", passkeys.list_webauthn, name="mfa_index"),
    path("me/passkeys/add/", login_required(once(passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "me/passkeys/<int:pk>/remove/",
        login_required(once(passkeys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
]
