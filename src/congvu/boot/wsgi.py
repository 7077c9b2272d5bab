"""The WSGI application that the web process serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
application = get_wsgi_application()
# Modules and settings live as long as the process: a full collection need not walk over them again and again.
gc.collect()
gc.freeze()
