"""Settings read from the environment; see .env.schema, made by `cfgkit init django`.

Started with `cfgkit run --`, every name is set, checked and of its type before this file is read.
"""

import os
from pathlib import Path

import dj_database_url


def listed(name):
    """The parts of a comma-separated variable. Empty parts are dropped: an empty text must never become a key."""
    return [part for part in os.environ.get(name, "").split(",") if part]


def switched_on(name):
    """Whether a boolean variable is on, in any spelling that the schema's `boolean` accepts."""
    return os.environ.get(name, "").lower() in {"true", "yes", "on", "t", "1"}


BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("SECRET_KEY")
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
DEBUG = switched_on("DEBUG")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")

SESSION_COOKIE_SECURE = switched_on("SESSION_COOKIE_SECURE")
CSRF_COOKIE_SECURE = switched_on("CSRF_COOKIE_SECURE")
SECURE_SSL_REDIRECT = switched_on("SECURE_SSL_REDIRECT")
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS") or 0)

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
    )
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "members",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# The whole session is in the cookie, signed with SECRET_KEY: the case where a careless rotation signs everybody out.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "page"
LOGOUT_REDIRECT_URL = "page"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
