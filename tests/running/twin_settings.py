"""The site as it would be with plain connections to Redis: Django's own cache, sessions in it, the queue's own pool."""

from peerhood.config.settings import *  # noqa: F403
from peerhood.config.settings import HUEY as OURS
from peerhood.config.settings import REDIS_URL

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
HUEY = OURS | {"huey_class": "huey.RedisHuey"}
