"""Pages, as WSGI: under ASGI the same sync views cost two to five times as much."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
application = get_wsgi_application()
