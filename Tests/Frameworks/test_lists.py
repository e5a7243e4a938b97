"""Each library that reads a list of keys, given the list that cfgkit wrote, through a whole rotation."""

import os
import re
import shutil
import subprocess
import unittest

from project import Project
from test_readers import node

SCHEMA = """\
# @defaultRequired=true # cfgkit: rules={pack}
# ---

# @sensitive # cfgkit: strength=128 {pragmas}
{key}=
"""


class ListCase(unittest.TestCase):
    """A library signs with the list as it is; cfgkit takes a step; the library reads what it signed before."""

    def project(self, key, pragmas, venv="sessions", pack="none"):
        project = Project(self, None, venv=venv)
        (project.folder / ".env.schema").write_text(SCHEMA.format(key=key, pragmas=pragmas, pack=pack))
        project.env.touch(0o600)
        project.cfgkit("rotate-secret", key)
        return project

    def ask(self, project, command, *words):
        """Runs a script of the library under cfgkit run, and gives what it prints."""
        done = subprocess.run(
            ["cfgkit", "run", "--", *command, *words],
            cwd=project.folder,
            env=project.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout.strip()

    def keep_printed_lines(self, project):
        """Does as printed: puts the lines into the file that the first of them names."""
        found = re.search(r"^note: the application reads.*\n  # (config/\S+)\n((?:  .*\n)+)", project.output, re.MULTILINE)
        if found:
            path = project.folder / found[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found[2])

    def walk(self, key, pragmas, command, venv="sessions", pack="none"):
        """Signed under the old key: accepted until it is retired. Signed in between, by whoever signs then: accepted
        from then on. Signed before the promotion is signed by the old key, after it by the new."""
        project = self.project(key, pragmas, venv, pack)
        first = self.ask(project, command, "sign")
        project.cfgkit("rotate-secret", key, "--prepare")
        self.keep_printed_lines(project)
        prepared = self.ask(project, command, "sign")
        self.assertEqual(self.ask(project, command, "verify", first, prepared), "yes yes")
        project.cfgkit("rotate-secret", key, "--promote")
        promoted = self.ask(project, command, "sign")
        self.assertEqual(self.ask(project, command, "verify", first, prepared, promoted), "yes yes yes")
        project.cfgkit("rotate-secret", key, "--abort")
        self.assertEqual(self.ask(project, command, "verify", first, promoted), "yes yes")
        project.cfgkit("rotate-secret", key, "--abort")
        project.cfgkit("rotate-secret", key, "--retire", "--grace", "0")
        self.assertEqual(self.ask(project, command, "verify", first, prepared, promoted), "no no yes")


VERIFY = """
def main():
    if sys.argv[1] == "sign":
        print(sign())
    else:
        print(*("yes" if verifies(text) else "no" for text in sys.argv[2:]))
main()
"""


def python(text):
    return ["python", "-c", "import os, sys\n" + text + VERIFY]


class Lists(ListCase):
    def test_itsdangerous_signs_with_the_last_of_a_list_in_the_key_itself(self):
        self.walk(
            "SIGNING_KEYS",
            "generate=hex:32 fallback=SIGNING_KEYS fallback-order=oldest-first",
            python(
                """
from itsdangerous import BadSignature, URLSafeSerializer
serializer = URLSafeSerializer([key for key in os.environ["SIGNING_KEYS"].split(",") if key])
sign = lambda: serializer.dumps("x")
def verifies(text):
    try: return serializer.loads(text) == "x"
    except BadSignature: return False
"""
            ),
        )

    def test_multifernet_encrypts_with_the_first_of_a_list_in_the_key_itself(self):
        self.walk(
            "FERNET_KEYS",
            "generate=fernet fallback=FERNET_KEYS",
            python(
                """
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
fernet = MultiFernet([Fernet(key) for key in os.environ["FERNET_KEYS"].split(",") if key])
sign = lambda: fernet.encrypt(b"x").decode()
def verifies(text):
    try: return fernet.decrypt(text) == b"x"
    except InvalidToken: return False
"""
            ),
        )

    def test_data_that_multifernet_wrote_again_outlives_the_old_key(self):
        key = "FERNET_KEYS"
        project = self.project(key, "generate=fernet fallback=FERNET_KEYS")
        script = """
import os, sys
from cryptography.fernet import Fernet, MultiFernet
fernet = MultiFernet([Fernet(key) for key in os.environ["FERNET_KEYS"].split(",") if key])
print(getattr(fernet, sys.argv[1])(sys.argv[2].encode()).decode())
"""
        command = ["python", "-c", script]
        old = self.ask(project, command, "encrypt", "data")
        project.cfgkit("rotate-secret", key)
        self.assertIn("MultiFernet.rotate", project.output)
        again = self.ask(project, command, "rotate", old)
        project.cfgkit("rotate-secret", key, "--retire", "--grace", "0")
        self.assertEqual(self.ask(project, command, "decrypt", again), "data")

    FLASK = """
import flask
from itsdangerous import BadSignature
app = flask.Flask("x")
{config}
serializer = app.session_interface.get_signing_serializer(app)
sign = lambda: serializer.dumps({{}})
def verifies(text):
    try: return serializer.loads(text) == {{}}
    except BadSignature: return False
"""

    def test_flask_takes_a_json_list_from_the_prefixed_environment(self):
        self.walk(
            "FLASK_SECRET_KEY",
            "generate=hex:32 fallback=FLASK_SECRET_KEY_FALLBACKS fallback-format=json",
            python(self.FLASK.format(config="app.config.from_prefixed_env()")),
        )

    def test_flask_takes_a_split_list(self):
        self.walk(
            "SECRET_KEY",
            "generate=hex:32 fallback=SECRET_KEY_FALLBACKS",
            python(
                self.FLASK.format(
                    config="""app.config.update(SECRET_KEY=os.environ["SECRET_KEY"],
    SECRET_KEY_FALLBACKS=[key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key])"""
                )
            ),
        )

    def test_a_json_list_that_became_a_text_lets_anyone_sign_and_validate_says_so(self):
        project = Project(self, None, venv="sessions")
        project.cfgkit("init", "flask")
        key = "5d2c0b7e9a4f41c8b6d3e1f07a9283746c5b4a392817f6e5d4c3b2a190876f5d"
        project.env.write_text(project.env.read_text() + f"FLASK_SECRET_KEY_FALLBACKS={key}\n")
        script = """
import flask
app, forger = flask.Flask("x"), flask.Flask("y")
app.config.from_prefixed_env(); app.config["SECRET_KEY"] = "k" * 32
forger.config["SECRET_KEY"] = "5"
serializer = lambda app: app.session_interface.get_signing_serializer(app)
print(serializer(app).loads(serializer(forger).dumps({"name": "Ada"})))
"""
        done = subprocess.run(
            ["python", "-c", script],
            env=project.environment | {"FLASK_SECRET_KEY_FALLBACKS": key},
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.stdout.strip(), "{'name': 'Ada'}", done.stderr)
        project.cfgkit("validate", exits=1)
        self.assertIn("[fallback-format]", project.output)

    def test_django_signs_with_the_key_and_reads_with_its_list(self):
        self.walk(
            "SECRET_KEY",
            "generate=hex:32 fallback=SECRET_KEY_FALLBACKS",
            python(
                """
from django.conf import settings
settings.configure(SECRET_KEY=os.environ["SECRET_KEY"],
    SECRET_KEY_FALLBACKS=[key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key])
from django.core import signing
sign = lambda: signing.dumps("x")
def verifies(text):
    try: return signing.loads(text) == "x"
    except signing.BadSignature: return False
"""
            ),
            venv="django",
        )

    def test_tokens_are_verified_by_the_key_that_their_kid_names(self):
        self.walk(
            "JWT_KEY",
            "generate=base64url:32 fallback=JWT_PREVIOUS_KEYS",
            python(
                """
import hashlib, jwt
keys = [os.environ["JWT_KEY"], *(key for key in os.environ.get("JWT_PREVIOUS_KEYS", "").split(",") if key)]
kid = lambda key: hashlib.sha256(key.encode()).hexdigest()[:11]
sign = lambda: jwt.encode({"sub": "x"}, keys[0], "HS256", headers={"kid": kid(keys[0])})
def verifies(text):
    key = {kid(key): key for key in keys}.get(jwt.get_unverified_header(text)["kid"])
    return key is not None and jwt.decode(text, key, ["HS256"]) == {"sub": "x"}
"""
            ),
        )


    # How an issuer signs: its own key, under its id. And how anybody verifies: by the set alone, which holds nothing that signs.
    ISSUER = """
import base64, json
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
data, kid, jwks = base64.b64decode(os.environ["JWT_KEY"]), os.environ["JWT_KEY_KID"], json.loads(os.environ["JWT_JWKS"])
private = Ed25519PrivateKey.from_private_bytes(data) if len(data) == 32 else load_der_private_key(data, None)
assert all("d" not in key for key in jwks["keys"])
{library}
"""
    PYJWT = """
import jwt
keys = jwt.PyJWKSet.from_dict(jwks)
assert all(key.key.public_bytes_raw() for key in keys.keys)
sign = lambda: jwt.encode({"sub": "x"}, private, "EdDSA", headers={"kid": kid})
def verifies(text):
    try: return jwt.decode(text, keys[jwt.get_unverified_header(text)["kid"]], ["EdDSA"]) == {"sub": "x"}
    except KeyError: return False
"""
    JOSERFC = """
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey
from joserfc.errors import InvalidKeyIdError
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
own = OKPKey.import_key(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
keys = KeySet.import_key_set(jwks)
sign = lambda: jwt.encode({"alg": "EdDSA", "kid": kid}, {"sub": "x"}, own, algorithms=["EdDSA"])
def verifies(text):
    try: return jwt.decode(text, keys, algorithms=["EdDSA"]).claims == {"sub": "x"}
    except (InvalidKeyIdError, ValueError): return False
"""

    def test_a_set_of_public_keys_verifies_what_an_issuer_signs(self):
        for kind in ("ed25519", "ed25519-pkcs8"):
            for library in (self.PYJWT, self.JOSERFC):
                with self.subTest(kind, library=library.split()[1]):
                    self.walk(
                        "JWT_KEY",
                        f"generate={kind} fallback=JWT_JWKS fallback-format=jwks",
                        python(self.ISSUER.replace("{library}", library)),
                    )

    def test_a_set_of_symmetric_keys_verifies_what_its_first_signs(self):
        script = """
import json, jwt
own, kid = jwt.PyJWK.from_json(os.environ["JWT_KEY"]), os.environ["JWT_KEY_KID"]
keys = jwt.PyJWKSet.from_json(os.environ["JWT_JWKS"])
sign = lambda: jwt.encode({"sub": "x"}, own.key, "HS256", headers={"kid": kid})
def verifies(text):
    try: return jwt.decode(text, keys[jwt.get_unverified_header(text)["kid"]], ["HS256"]) == {"sub": "x"}
    except KeyError: return False
"""
        self.walk("JWT_KEY", "generate=jwk fallback=JWT_JWKS fallback-format=jwks", python(script))


class OtherLanguages(ListCase):
    NODE = """
const keys = process.env.SESSION_KEYS.split(",").filter(Boolean);
%s
if (process.argv[1] === "sign") console.log(sign());
else console.log(process.argv.slice(2).map((text) => (verifies(text) ? "yes" : "no")).join(" "));
"""

    def javascript(self, module, text):
        if not os.path.isdir(f"/usr/share/nodejs/{module}"):
            self.skipTest(f"{module} is not on this machine")
        return ["env", "NODE_PATH=/usr/share/nodejs", node(), "-e", self.NODE % text]

    def test_express_session_signs_its_cookie_with_the_first_and_tries_all(self):
        """By cookie-signature, in the order in which express-session calls it."""
        script = self.javascript(
            "cookie-signature",
            """
const signature = require("cookie-signature");
const sign = () => signature.sign("x", keys[0]);
const verifies = (text) => keys.some((key) => signature.unsign(text, key) === "x");
""",
        )
        self.walk("SESSION_KEYS", "generate=base64url:32 fallback=SESSION_KEYS", script)

    LARAVEL = """
require "/usr/share/php/Illuminate/Encryption/autoload.php";
// The reader of keys that Laravel itself has; the loop is that of its encrypter since Laravel 11.
$provider = new class(null) extends Illuminate\\Encryption\\EncryptionServiceProvider {
    public function bytes($key) { return $this->parseKey(["key" => $key]); }
};
$keys = array_merge([getenv("APP_KEY")], array_filter(explode(",", getenv("APP_PREVIOUS_KEYS") ?: "")));
$encrypters = array_map(fn ($key) => new Illuminate\\Encryption\\Encrypter($provider->bytes($key), "AES-256-CBC"), $keys);
function opens($encrypters, $text) {
    foreach ($encrypters as $encrypter) {
        try { if ($encrypter->decryptString($text) === "x") return "yes"; }
        catch (Illuminate\\Contracts\\Encryption\\DecryptException $error) {}
    }
    return "no";
}
if ($argv[1] === "sign") echo $encrypters[0]->encryptString("x"), "\\n";
else echo implode(" ", array_map(fn ($text) => opens($encrypters, $text), array_slice($argv, 2))), "\\n";
"""

    def test_laravel_opens_what_each_of_its_keys_has_encrypted(self):
        """By the encrypter of Laravel 8, which takes one key, asked for each key in the order of Laravel 11."""
        if shutil.which("php") is None or not os.path.isdir("/usr/share/php/Illuminate/Encryption"):
            self.skipTest("php-illuminate-encryption is not on this machine")
        self.walk(
            "APP_KEY", "generate=laravel fallback=APP_PREVIOUS_KEYS", ["php", "-r", self.LARAVEL, "--"], pack="laravel"
        )

    def test_keygrip_signs_with_the_first_of_its_keys(self):
        script = self.javascript(
            "keygrip",
            """
const keygrip = new (require("keygrip"))(keys);
const sign = () => keygrip.sign("x");
const verifies = (text) => keygrip.verify("x", text);
""",
        )
        self.walk("SESSION_KEYS", "generate=base64url:32 fallback=SESSION_KEYS", script)

    RAILS = """
require "action_controller/railtie"
class App < Rails::Application
  config.load_defaults 6.1
  config.root = Dir.pwd
  config.eager_load = false
  config.secret_key_base = ENV.fetch("SECRET_KEY_BASE")
  config.session_store :cookie_store, key: "session"
  config.hosts.clear
  config.logger = Logger.new(nil)
  routes.append { get "/in", to: "pages#sign_in"; get "/", to: "pages#show" }
end
class PagesController < ActionController::Base
  def sign_in = (session[:name] = "Ada"; cookies.signed[:signed] = "Ada"; head(:ok))
  def show = render(plain: [session[:name], cookies.signed[:signed]].join(" "))
end
Rails.application.initialize!
browser = Rack::MockRequest.new(Rails.application)
if ARGV[0] == "sign"
  puts browser.get("/in").headers["Set-Cookie"].split("\\n").map { |line| line[/[^;]*/] }.join("; ")
else
  puts ARGV.drop(1).map { |text| browser.get("/", "HTTP_COOKIE" => text).body == "Ada Ada" ? "yes" : "no" }.join(" ")
end
"""

    def test_rails_reads_its_sessions_and_signed_cookies_with_the_lines_that_are_printed(self):
        if shutil.which("ruby") is None or subprocess.run(["ruby", "-e", "require 'rails'"]).returncode:
            self.skipTest("Rails is not on this machine")
        self.walk(
            "SECRET_KEY_BASE",
            "generate=hex:64 fallback=SECRET_KEY_BASE_PREVIOUS",
            ["ruby", "-e", self.RAILS, "--"],
            pack="rails",
        )
