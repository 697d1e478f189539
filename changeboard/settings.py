"""Settings, from the environment (django-environ). Names and defaults stand in README.md, tested equal."""

import importlib.util
import os
import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)


def needed(name: str, for_development: str) -> str:
    """A setting that production must give: its absence stops the start with one clear line."""
    value = env.str(name, default=for_development if DEBUG else "")
    if not value:
        sys.tracebacklimit = 0
        raise ImproperlyConfigured(
            f"changeboard cannot start: set the environment variable {name} (see README.md)."
        )
    return str(value)


SECRET_KEY = needed("SECRET_KEY", "for-development-only-and-never-for-anything-that-matters")
ALLOWED_HOSTS = [host.strip() for host in needed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")]
SITE_URL = needed("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
PLATFORM_TIME_ZONE = env.str("PLATFORM_TIME_ZONE", default="America/Chicago")
PLATFORM_NAME = env.str("PLATFORM_NAME", default="Example Teleradiology")
PLATFORM_COUNTRY = env.str("PLATFORM_COUNTRY", default="US")
PLANNING_HORIZON_DAYS = 183

DATABASES = {
    "default": {
        **environ.Env.db_url_config(needed("DATABASE_URL", "postgres:///changeboard")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
REDIS_URL = needed("REDIS_URL", "redis://127.0.0.1:6379/0")
# What many pages count is counted anew when something has happened (changeboard/history/kept.py).
COUNTS_ARE_KEPT = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "rules",
    "csp",
    "axes",
    "changeboard",
    "changeboard.history",
    "changeboard.people",
    "changeboard.directory",
    "maintenance",
    "changes",
    "notifications",
    "changeboard.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "changeboard.refused.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "changeboard.urls"
WSGI_APPLICATION = "changeboard.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "changeboard.context.platform",
            ],
            "builtins": ["changeboard.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "changeboard.people.backend.EmergencyHatch",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "people:sign_in"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_RESET_ON_SUCCESS = True

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = BASE_DIR / "media"

# The door is strict: nothing inline, nothing from another host (README.md, "Security").
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
# Who may show the public month inside a page of theirs (README.md, "Subscribe and embed").
EMBED_FRAME_ANCESTORS = env.str("EMBED_FRAME_ANCESTORS", default="'self'").split()
SECURE = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "changeboard.refused.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []

# Mails leave by SMTP, or through a provider's own interface: the name of a back end of django-anymail, whose keys are
# the environment's ANYMAIL_… variables.
EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", default="")
# HTTP basic authentication of the provider's reports, `user:password`: without it nobody is let in to tell any.
ANYMAIL_WEBHOOK_SECRET = env.str("ANYMAIL_WEBHOOK_SECRET", default="")
ANYMAIL = {
    name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")
} | {"WEBHOOK_SECRET": ANYMAIL_WEBHOOK_SECRET, "REQUESTS_TIMEOUT": 10}
if EMAIL_PROVIDER:
    if importlib.util.find_spec(f"anymail.backends.{EMAIL_PROVIDER}") is None:
        raise ImproperlyConfigured(
            f"EMAIL_PROVIDER: django-anymail knows no {EMAIL_PROVIDER} (see README.md)."
        )
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
else:
    vars().update(environ.Env.email_url_config(needed("EMAIL_URL", "smtp://127.0.0.1:1025")))
# Where mails that cannot be delivered go back to, with a signed word behind a plus; empty: to the sender's address.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
# Connecting and each answer before the body; the answer to the body may take longer, yet far less than a lease.
EMAIL_TIMEOUT = 10
EMAIL_TAKEN_WITHIN_SECONDS = 25
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="maintenance@example-teleradiology.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Which of Apprise's services a contact's chat address may name (README.md, "Channels").
CHAT_SERVICES = env.list(
    "CHAT_SERVICES",
    default=[
        "slack", "workflows", "discord", "gchat", "wxteams", "zulip", "mmosts", "rockets", "matrixs", "ntfys",
        "tgram", "signals", "pover", "opsgenie", "pagerduty", "splunk", "signl4", "ilert", "twilio", "vonage",
        "sns", "clicksend", "msgbird", "sinch", "cm", "plivo", "telnyx", "bulksms", "jsons", "forms",
        *(["json"] if DEMO else []),
    ],
)  # fmt: skip
# Whether chats and webhooks may lead inside: to this machine or a private network.
PRIVATE_ADDRESSES = env.bool("PRIVATE_ADDRESSES", default=DEBUG)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
# A ring that meets a dead broker must not hold up the person who saved: the next tick does the same work.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 1}
CELERY_TASK_PUBLISH_RETRY = False
TICK_SECONDS = env.int("TICK_SECONDS", default=5 if DEMO else 30)
# Who reads /metrics without a session shows it as a bearer token; empty: nobody does.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# One broker message is one batch; a worker takes no second one while it is at the first.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# How long a sender may keep silent before others take its rows.
NOTICE_LEASE_SECONDS = 60
# How many answers may wait for their mark: the most doubles that the death of a sender can make.
NOTICES_A_MARK = env.int("NOTICES_A_MARK", default=10)
# News by mail waits two minutes for a change to be quiet: no need to look more often.
NEWS_SECONDS = 20 if DEMO else 60

# A plan of two hundred steps, eight fields each, and the rest of its form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
# The first cuts a file off that is too large; the others keep it, small in memory, larger on the disk.
FILE_UPLOAD_HANDLERS = [
    "changes.forms.attaching.UpToLargest",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "changeboard.people.api.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["changeboard.api_body.Body"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "changeboard.refused.api_exception",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "changeboard",
    "DESCRIPTION": "Changes, release windows, notices and the point of service.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    # Fields that share their words, or their name with others: their name in the schema is that of the words.
    "ENUM_NAME_OVERRIDES": {
        "SaidEnum": "changes.models.impact.Said",
        "ChangeStateEnum": "changes.models.change.STATES",
        "ChangeKindEnum": "changes.models.change.Kind",
        "WindowStateEnum": "maintenance.models.window.WindowState",
        "WindowOutcomeEnum": "maintenance.models.window.Outcome",
        "DecisionOutcomeEnum": "changes.models.board.Outcome",
    },
}

AXES_VERBOSE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Apprise names addresses; the channel reads its words, and no log keeps them.
    "loggers": {"apprise": {"handlers": ["nowhere"], "level": "DEBUG", "propagate": False}},
}
