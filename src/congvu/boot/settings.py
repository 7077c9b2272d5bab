"""Django settings, made from ``boot.config`` and the room list. No other setting file exists."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from congvu.boot import config as _config
from congvu.boot.demo.accounts import ACCOUNTS
from congvu.boot.postgres import Cluster
from congvu.boot.rooms import FACES, ROOMS

CONFIG = _config.load()

SECRET_KEY = CONFIG.secret_key
DEBUG = CONFIG.debug
ALLOWED_HOSTS = list(CONFIG.allowed_hosts)
BASE_URL = CONFIG.base_url
DEMO = CONFIG.demo
DEMO_FRONT = CONFIG.demo_front
FORMS_PLACES = "congvu.boot.demo.places.addresses" if DEMO else ""
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = BASE_URL.startswith("https://")
# Our own proxies set X-Forwarded-Proto anew and append to X-Forwarded-For; without them both are the caller's words.
PROXIES = CONFIG.proxies
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    *ROOMS,
    *FACES,
    *(["congvu.boot.demo.front"] if DEMO_FRONT else []),
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "congvu.ground.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "congvu.boot.middleware.ActorMiddleware",
    # Body and form are read after all of these, by CSRF's look at the view: nothing is on disk yet here.
    "congvu.ground.ui.middleware.DoorMiddleware",
    "congvu.ground.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "congvu.boot.urls"
WSGI_APPLICATION = "congvu.boot.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "congvu.ground.ui.context.page",
            ],
        },
    },
]


def _database(url: str) -> dict[str, Any]:
    """One Django database entry from a libpq URL."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "congvu"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "") or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 10, "timeout": 10}},
    }


CLUSTER = Cluster(CONFIG.home)
APPLICATION_URL = CONFIG.database_url or CLUSTER.url()
OWNER_URL = CONFIG.owner_url or CONFIG.database_url or CLUSTER.url("congvu_owner")
DATABASES = {"default": _database(OWNER_URL if _config.flag("CONGVU_AS_OWNER") else APPLICATION_URL)}
# Shared by all web processes: the sign-in page counts failures here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "staff_sign_in"
STAFF_HOME, CITIZEN_HOME = "/lam-viec/", "/"
IDENTITY = CONFIG.identity
IDENTITY_LEAST_LEVEL = IDENTITY.least_level if IDENTITY else 1
ACCOUNT_ADAPTER = "congvu.ground.accounts.adapters.AccountAdapter"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "congvu.ground.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SOCIALACCOUNT_ADAPTER = "congvu.ground.accounts.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["openid"],
        "AUTH_PARAMS": {"acr_values": IDENTITY.acr_values} if IDENTITY and IDENTITY.acr_values else {},
        "APPS": [
            {
                "provider_id": "dinh-danh",
                "name": IDENTITY.name,
                "client_id": IDENTITY.client_id,
                "secret": IDENTITY.client_secret,
                "settings": {"server_url": IDENTITY.url, "token_auth_method": "client_secret_basic"},
            }
        ]
        if IDENTITY
        else [],
    }
}
SESSION_ENGINE = "congvu.ground.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 60
# Of officials outside the networks of their office.
SESSION_AGE_OUTSIDE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # Browsers hold the redirect after a form to this list too: signing in ends at the identity service.
        "form-action": ["'self'", *([IDENTITY.origin] if IDENTITY else [])],
        "frame-ancestors": ["'none'"],
        "frame-src": ["'self'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Made from the rooms' own catalogues when an installation is prepared.
LOCALE_PATHS = [CONFIG.home / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.home / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "congvu.ground.ui.finders.FontFinder",
]
# A prepared installation serves hashed, compressed copies; without them (tests) finders serve the sources.
STATIC_PREPARED = (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
WHITENOISE_USE_FINDERS = not STATIC_PREPARED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_PREPARED or _config.flag("CONGVU_COLLECT")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{12}\..+$"
CSRF_FAILURE_VIEW = "congvu.ground.ui.errors.csrf_failure"
FILES_ROOT = CONFIG.home / "files"
UPLOAD_LIMIT = int(_config.env("CONGVU_UPLOAD_LIMIT_MB") or 20) * 1024 * 1024
# One request carries at most ten files and the form around them; strangers send only short forms.
BODY_LIMIT = 10 * UPLOAD_LIMIT + 5 * 1024 * 1024
BODY_LIMIT_ANONYMOUS = 1024 * 1024
# Where strangers send one file: the page that checks signatures.
BODY_LIMITS_OPEN = {"/kiem-tra-chu-ky/": UPLOAD_LIMIT + 64 * 1024}
CLAMD_SOCKET = _config.env("CONGVU_CLAMD")


def EXCHANGE_SECRET(partner: str) -> str | None:
    """The secret shared with a system that documents are exchanged with; it stands in the environment alone."""
    return _config.env("CONGVU_EXCHANGE_SECRET_" + partner.upper().replace("-", "_"))


# The time-stamping authority (RFC 3161) may take minutes: jobs wait for it. Responders on revocation are quick.
SIGNING_TSA_URL = _config.env("CONGVU_TSA_URL") or ("http://pki.binhlam.example/tsa" if DEMO else "")
SIGNING_TSA_TIMEOUT = float(_config.env("CONGVU_TSA_TIMEOUT") or 150)
SIGNING_REVOCATION_TIMEOUT = float(_config.env("CONGVU_REVOCATION_TIMEOUT") or 5)
SIGNING_TRANSPORT = "congvu.boot.demo.pki.answer" if DEMO else ""
SIGNING_KEYS = CONFIG.home / "keys"
# Keys in files are for trying things out; `congvu check --deploy` reports this switch.
SIGNING_PKCS12 = CONFIG.pkcs12
# The demo's keys have one PIN, told beside the field; anywhere else there is nothing to tell.
SIGNING_PIN_HINT = ACCOUNTS.pin if DEMO else ""
# Tokens and HSMs by the driver's library; remote signing by the service's address and access token.
SIGNING_PKCS11_MODULE = _config.env("CONGVU_PKCS11_MODULE") or ""
SIGNING_REMOTE_URL = _config.env("CONGVU_REMOTE_SIGNING_URL") or ""
SIGNING_REMOTE_TOKEN = _config.env("CONGVU_REMOTE_SIGNING_TOKEN") or ""
SIGNING_REMOTE_TIMEOUT = 120.0
SIGNING_MOST_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# The views of the API name everything else themselves.
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "congvu.faces.api.schema.Schema"}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_READONLY_MODELS = True
