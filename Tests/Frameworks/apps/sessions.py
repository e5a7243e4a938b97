"""An application with everything of Flask's world that keeps people signed in: its own sessions, permanent or not,
Flask-Session, Flask-Login's remember-me cookie, and a form of Flask-WTF."""

import os

from cachelib import FileSystemCache
from flask import Flask, redirect, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_session import Session
from flask_wtf.csrf import CSRFProtect, generate_csrf


def listed(name):
    return [part for part in os.environ.get(name, "").split(",") if part]


def create_app():
    app = Flask(__name__)
    keys = listed("SECRET_KEY")
    app.config.update(
        # A list in the key itself: the last one signs, for whoever passes it on to itsdangerous.
        SECRET_KEY=keys if os.environ.get("SECRET_KEY_IS_LIST") else keys[0],
        SECRET_KEY_FALLBACKS=listed("SECRET_KEY_FALLBACKS"),
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    if os.environ.get("SESSION_TYPE") == "cachelib":
        app.config.update(
            SESSION_TYPE="cachelib",
            SESSION_CACHELIB=FileSystemCache(os.environ["SESSION_FOLDER"]),
            SESSION_USE_SIGNER=os.environ.get("SESSION_USE_SIGNER") == "true",
        )
        Session(app)
    csrf = CSRFProtect(app)
    login = LoginManager(app)

    class User(UserMixin):
        id = "Ada"

    login.user_loader(lambda name: User() if name == "Ada" else None)

    @app.get("/health")
    def health():
        return "ok\n"

    @app.get("/")
    def page():
        name = session.get("name")
        return f"Signed in as {name}" if name else redirect("/login")

    @app.post("/login")
    def sign_in():
        session.permanent = request.form.get("permanent") == "yes"
        session["name"] = request.form["name"]
        return redirect("/")

    @app.post("/remember")
    def remember():
        login_user(User(), remember=True)
        return redirect("/remembered")

    @app.get("/remembered")
    def remembered():
        return "remembered" if current_user.is_authenticated else redirect("/login")

    @app.get("/form")
    def form():
        return generate_csrf()

    @app.post("/form")
    def send():
        csrf.protect()
        return "sent"

    return app
