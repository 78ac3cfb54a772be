"""Pages, API and carriers' hooks for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flowbuilder.settings.base")
application = get_wsgi_application()
