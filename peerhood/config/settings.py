"""Settings, read from the environment; every default is the safe one.

The mode says what this process is for. *production* (the default) insists on a
secret key and named hosts; *demo* and *dev* run on one machine with invented
people, keep their key under ``var/`` and show the mails they would have sent.
"""

import hashlib
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from peerhood import VERSION as VERSION
from peerhood.config.signing_in import *  # noqa: F403

env = Env()

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(env.str("PEERHOOD_HOME", "") or ROOT).resolve()
VAR = HOME / "var"

MODE = env.str("PEERHOOD_MODE", "production")
DEMO = MODE == "demo"
DEBUG = MODE == "dev"
ON_ONE_MACHINE = MODE in {"demo", "dev", "test"}


def _kept_secret() -> str:
    """A key made once and kept beside the data, so that sessions survive a restart."""
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / "secret.key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


def _pot_spool() -> Path:
    """In the machine's shared memory where it has one; a name of its own for each home and user."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        return VAR / "pot"
    home = hashlib.sha256(str(HOME).encode()).hexdigest()[:12]
    return memory / f"peerhood-{os.geteuid()}-{home}"


SECRET_KEY = env.str("SECRET_KEY", "") or (_kept_secret() if ON_ONE_MACHINE else env.str("SECRET_KEY"))
# Keys used before: what the ledger of erasures says was signed with one of them still counts.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if ON_ONE_MACHINE else [])
if ON_ONE_MACHINE:
    # A phone on the same Wi-Fi reaches the demo by the machine's address: bin/demo with HOST=0.0.0.0 says so.
    ALLOWED_HOSTS += ["*"] if env.str("HOST", "") == "0.0.0.0" else [env.str("HOST", "127.0.0.1")]
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Peerhood")

REDIS_URL = env.str("REDIS_URL", "")

# Where notes of a room wait before they are poured out: in memory, in no backup (rooms/pot/place.py).
POT_SPOOL = Path(env.str("POT_SPOOL", "") or _pot_spool())
# A host name of this site that never gets a cookie, such as pot.example.org: for pages without JavaScript.
POT_HOST = env.str("POT_HOST", "").lower()

# The operator's Jitsi server, such as meet.example.org: each group of an online gathering gets a call of its own there.
JITSI_HOST = env.str("JITSI_HOST", "").lower()

INSTALLED_APPS = [
    "peerhood.pages",
    "peerhood.growth",
    "peerhood.stories",
    "peerhood.connections",
    "peerhood.rooms",
    "peerhood.mixing",
    "peerhood.themes",
    "peerhood.gatherings",
    "peerhood.circles",
    "peerhood.people",
    "peerhood.notices",
    "peerhood.search",
    "peerhood.journal",
    "peerhood.packs",
    "peerhood.design",
    "peerhood.platform",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "django_htmx",
    "csp",
    "huey.contrib.djhuey",
]
if DEMO or DEBUG or MODE == "test":
    # Come in as somebody, and read the mail: these pages exist in a demo and nowhere else.
    INSTALLED_APPS.insert(0, "peerhood.demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "peerhood.design.serving.StylesheetMiddleware",
    # Zipped with a filler of random length, so that the size of a page tells nothing of a secret in it.
    "django.middleware.gzip.GZipMiddleware",
    # In front of all that writes a header: a kept page has them already.
    "peerhood.platform.kept_pages.KeptPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "peerhood.people.devices.DevicesMiddleware",
    "peerhood.people.preferences.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "peerhood.platform.privacy.PrivateResponsesMiddleware",
    "peerhood.platform.refusals.RefusalMiddleware",
    "peerhood.rooms.formats.first_names.FirstNamesMiddleware",
]

ROOT_URLCONF = "peerhood.config.urls"
WSGI_APPLICATION = "peerhood.config.wsgi.application"
ASGI_APPLICATION = "peerhood.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peerhood.design.context.site",
            ],
        },
    },
]
FORM_RENDERER = "peerhood.design.forms.FikaRenderer"

# SQLite as measured: IMMEDIATE takes the write lock when a transaction begins, so two people
# wait for each other instead of failing half way; FULL survives a power cut. What is deleted is
# written over, so that a forgotten address is not read from the file (notices/forgetting.py).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA secure_delete=ON;",
}
# PostgreSQL plans a question that it has been asked before only once: planning costs some of ours more than answering.
POSTGRESQL_OPTIONS = {"server_side_binding": True, "prepare_threshold": 2}
_connections: dict[str, Any] = {"conn_max_age": 600, "conn_health_checks": True}
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", **_connections)}
else:
    DATABASES = {"default": dj_database_url.parse(f"sqlite:///{VAR / 'peerhood.sqlite3'}", **_connections)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    VAR.mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "peerhood.platform.shared_cache.SharedCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    }
# Not in Redis: a session that ended while Redis was away would be alive again when it came back.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'db' if REDIS_URL else 'cached_db'}"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60

HUEY = {
    "name": "peerhood",
    "immediate": MODE == "test",
    "results": False,
    "consumer": {"workers": 2, "worker_type": "thread", "initial_delay": 0.1, "max_delay": 1.0},
}
if REDIS_URL:
    HUEY |= {"huey_class": "peerhood.config.task_queue.RedisQueue", "url": REDIS_URL}
else:
    HUEY |= {
        "huey_class": "peerhood.config.task_queue.TaskQueue",
        "filename": str(VAR / "tasks.sqlite3"),
    }

# How long the mixing engine may look, in seconds: while a host waits, in the room where a hundred people
# see the answer within 200 ms, and in the worker afterwards. ``moves`` in place of ``deadline`` gives the
# same seats every time.
MIXING: dict[str, dict[str, Any]] = {
    "at_once": {"deadline": 0.15},
    "in_the_room": {"deadline": 0.03},
    "on_the_spot": {"deadline": 0.08},
    "in_background": {"deadline": 5.0},
}

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_ONE_MACHINE

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if ON_ONE_MACHINE:
    # The demo's mail is read at /mail/, in the outbox itself; nothing leaves the machine.
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    _mail = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
    globals().update({name: value for name, value in _mail.items() if name != "EMAIL_FILE_PATH"})
# A provider that hangs must not hold a worker for longer than a mail's lease (notices/delivery.py).
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Peerhood <hello@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where answers of calendar programs arrive (reply@example.org); the domain has to take plus addresses.
INBOUND_ADDRESS = env.str(
    "INBOUND_ADDRESS", "", validate=validate.Regexp(r"^$|^[^@\s]+@[^@\s]+$", error="Not an address: {input}")
)
# The mailbox behind it: imaps://user:password@host/INBOX, or maildir:///var/mail/replies.
INBOUND_MAIL_URL = env.str("INBOUND_MAIL_URL", "")

# What hosts may write to many at once, at their own will, for one circle on one day (notices/mass_mail.py).
MASS_MAIL_READERS_A_DAY = env.int("MASS_MAIL_READERS_A_DAY", 500)
MASS_MAILS_A_DAY = env.int("MASS_MAILS_A_DAY", 2)

# The profession this network serves: a folder in peerhood/packs.
PACK = env.str("PACK", "pmo")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("sv", _("Swedish"))]
# An operator may lay words of their own over ours: var/locale/sv/LC_MESSAGES/django.mo.
LOCALE_PATHS = [VAR / "locale", ROOT / "peerhood" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.str("TIME_ZONE", "Europe/Stockholm")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# bin/setup collects and zips them here, beside the dependencies they come with.
STATIC_ROOT = Path(env.str("STATIC_ROOT", "") or Path(sys.prefix) / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "media"
# Who was erased, beside the database: a backup from before forgets them again (people/own_data/ledger.py).
ERASURES = VAR / "erasures.jsonl"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if not ON_ONE_MACHINE:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # The __Host- prefix stops a sibling sub-domain from planting its own cookie.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if env.bool("BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        # Limits count the visitor, not the proxy.
        ALLAUTH_TRUSTED_PROXY_COUNT = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # A page that is not there and a form filled in wrong are the visitor's affair, not the operator's.
    "loggers": {"django.request": {"level": "ERROR"}},
}
