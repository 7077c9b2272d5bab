"""The WSGI application of the demo identity provider."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "congvu.boot.idp.settings"
application = get_wsgi_application()
