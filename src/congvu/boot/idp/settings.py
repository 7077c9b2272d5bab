"""Settings of the demo identity provider. Importing them outside a demo on loopback raises RuntimeError."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from congvu.boot.config import env, load
from congvu.boot.idp.keys import private_key
from congvu.boot.postgres import OWNER, Cluster

CONFIG = load()
_LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")
if not CONFIG.demo or not CONFIG.base_url.startswith(_LOOPBACK) or CONFIG.identity is None:
    raise RuntimeError("the demo identity provider runs only with CONGVU_DEMO=1 and on this machine's own address")

# The program answers at both names of this machine, so a citizen may come from either.
PROGRAM = [f"http://{host}:{urlsplit(CONFIG.base_url).port}" for host in ("127.0.0.1", "localhost")]
DATABASE = env("CONGVU_IDP_DATABASE") or "congvu_idp"
HOME = CONFIG.home / "idp"
SECRET_KEY = f"idp:{CONFIG.secret_key}"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "congvu.boot.idp.urls"
WSGI_APPLICATION = "congvu.boot.idp.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).with_name("templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": OWNER,
        "HOST": str(Cluster(CONFIG.home).socket),
        "CONN_MAX_AGE": 60,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# Cookies know no ports: without names of its own this process would sign people out of the program.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "idp_session", "idp_csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "form-action": ["'self'", *PROGRAM],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
LANGUAGE_CODE, TIME_ZONE, USE_TZ = "vi", "Asia/Ho_Chi_Minh", True
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parents[2] / "ground" / "ui" / "static"]
WHITENOISE_USE_FINDERS = True
LOGIN_URL = "account_login"
ACCOUNT_EMAIL_VERIFICATION = "none"
IDP_OIDC_ADAPTER = "congvu.boot.idp.claims.CitizenAdapter"
IDP_OIDC_PRIVATE_KEY = private_key(HOME)
IDP_OIDC_AUTHORIZATION_CODE_EXPIRES_IN = int(env("CONGVU_IDP_CODE_SECONDS") or 60)
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 300
