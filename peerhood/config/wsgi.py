"""Pages, as WSGI: under ASGI the same sync views cost two to five times as much."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
pages = get_wsgi_application()

# Settings must be there before the static files are looked for.
from peerhood.config import static_files
from peerhood.rooms.pot import door

# The pot's door is the outermost: whatever stands in front of it would see who hands in.
application = door.in_front_of(static_files.in_front_of(pages))
