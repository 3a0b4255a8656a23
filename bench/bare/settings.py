"""The yardstick: the same data behind a Django with hardly any middleware and one plain view."""

from peerhood.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare.urls"
# allauth refuses to start without its own; it does next to nothing here.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
