"""A members' page: sign in, read, sign out. Its sessions outlive a change of SECRET_KEY.

Everything it needs to know comes from the environment; see .env.schema, made by `cfgkit init flask`.
"""

import os

from flask import Flask, redirect, render_template, request, session, url_for


def listed(name):
    """The parts of a comma-separated variable. Empty parts are dropped: an empty text must never become a key."""
    return [part for part in os.environ.get(name, "").split(",") if part]


def switched_on(name):
    """Whether a boolean variable is on, in any spelling that the schema's `boolean` accepts."""
    return os.environ.get(name, "").lower() in {"true", "yes", "on", "t", "1"}


def create_app():
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=os.environ.get("SECRET_KEY"),
        SECRET_KEY_FALLBACKS=listed("SECRET_KEY_FALLBACKS"),
        SESSION_COOKIE_SECURE=switched_on("SESSION_COOKIE_SECURE"),
        SESSION_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME=os.environ.get("PREFERRED_URL_SCHEME", "http"),
    )

    @app.get("/health")
    def health():
        return "ok\n"

    @app.get("/")
    def page():
        if "name" not in session:
            return redirect(url_for("login"))
        return render_template("page.html", name=session["name"])

    @app.get("/login")
    def login():
        return render_template("login.html")

    @app.post("/login")
    def sign_in():
        name = request.form.get("name", "").strip()
        if not name:
            return render_template("login.html", problem="Please type your name."), 400
        # An application of yours checks a password here.
        session.clear()
        session["name"] = name
        # A permanent session is signed again on every visit, so whoever comes by
        # during the grace of a rotation leaves with a cookie of the new key.
        session.permanent = True
        return redirect(url_for("page"))

    @app.post("/logout")
    def logout():
        session.clear()
        return redirect(url_for("page"))

    return app
