"""The yardstick of an opening: Django with sessions, sign-in and form tokens, and one plain view that seats people."""

from peerhood.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare.answering_urls"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
