"""Flask with Flask-Session as the environment says; without SESSION_TYPE, Flask's own cookies."""

import os

from flask import Flask, redirect, request, session


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY")
    if os.environ.get("SESSION_TYPE"):
        from flask_session import Session

        app.config["SESSION_TYPE"] = os.environ["SESSION_TYPE"]
        app.config["SESSION_USE_SIGNER"] = os.environ.get("SESSION_USE_SIGNER", "").lower() in {"true", "1"}
        app.config["SESSION_FILE_DIR"] = os.environ.get("SESSION_FILE_DIR", "flask_session")
        if os.environ.get("REDIS_URL"):
            import redis

            app.config["SESSION_REDIS"] = redis.from_url(os.environ["REDIS_URL"])
        Session(app)

    @app.get("/health")
    def health():
        return "ok\n"

    @app.get("/")
    def page():
        return f"Signed in as {session['name']}" if "name" in session else redirect("/login")

    @app.post("/login")
    def sign_in():
        session["name"] = request.form["name"]
        return redirect("/")

    @app.post("/logout")
    def logout():
        session.clear()
        return redirect("/")

    return app
