"""Every kind of key that cfgkit makes, in the hands of what it is made for."""

import base64
import json
import shutil
import subprocess
import tempfile
import unittest
import uuid
from pathlib import Path

from project import CFGKIT, VENVS

KINDS = (
    "base64url hex base64 laravel fernet ed25519 ed25519-pkcs8 wireguard age totp jwk alnum digits password django "
    "wordpress diceware uuid"
).split()


def generate(kind):
    done = subprocess.run([CFGKIT, "generate", kind], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\n") and done.stdout.count("\n") == 1, kind
    return done.stdout[:-1]


class Keys(unittest.TestCase):
    def python(self, code, *keys):
        """Runs code with `keys` in the environment of keys.txt; it prints JSON."""
        python = VENVS / "keys/bin/python"
        done = subprocess.run(
            [python, "-c", f"import json, sys\nkeys = json.load(sys.stdin)\n{code}"],
            input=json.dumps(keys), capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def tool(self, name):
        found = shutil.which(name)
        if found is None:
            self.skipTest(f"{name} is not on this machine; Scripts/setup test installs it on Debian")
        return found

    def test_this_file_knows_every_kind(self):
        help = subprocess.run([CFGKIT, "generate", "--help"], capture_output=True, text=True).stdout
        listed = " ".join(help.split()).split("generate= of a schema: ")[1].split(".")[0].split(", ")
        self.assertEqual(sorted(listed), sorted(KINDS))

    def test_fernet_of_cryptography_encrypts_with_a_fernet_key(self):
        text = "from cryptography.fernet import Fernet, MultiFernet\n"
        text += "token = Fernet(keys[0]).encrypt(b'text')\n"
        text += "print(json.dumps(MultiFernet([Fernet(keys[1]), Fernet(keys[0])]).decrypt(token).decode()))"
        self.assertEqual(self.python(text, generate("fernet"), generate("fernet")), "text")

    def test_pyjwt_signs_with_a_key_of_the_size_of_its_hash_and_has_no_complaint(self):
        code = """
import warnings
warnings.simplefilter("error")  # PyJWT warns of keys that are shorter than RFC 7518 asks for
import base64, jwt
algorithm, key = keys
token = jwt.encode({"sub": "x"}, key, algorithm=algorithm)
raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
print(json.dumps([jwt.decode(token, key, algorithms=[algorithm])["sub"], len(raw)]))
"""
        for algorithm, size in (("HS256", 32), ("HS384", 48), ("HS512", 64)):
            with self.subTest(algorithm):
                self.assertEqual(self.python(code, algorithm, generate(f"base64url:{size}")), ["x", size])

    def test_pyjwt_signs_with_a_json_web_key(self):
        code = """
import warnings
warnings.simplefilter("error")
import jwt
from jwt.algorithms import HMACAlgorithm
algorithm, key = keys
secret = jwt.PyJWK.from_json(key, algorithm).key
token = jwt.encode({"sub": "x"}, secret, algorithm=algorithm)
print(json.dumps([jwt.decode(token, jwt.PyJWK.from_json(key, algorithm), algorithms=[algorithm])["sub"], len(secret)]))
"""
        for algorithm, size in (("HS256", 32), ("HS384", 48), ("HS512", 64)):
            with self.subTest(algorithm):
                self.assertEqual(self.python(code, algorithm, generate(f"jwk:{size}")), ["x", size])

    def test_age_keygen_makes_a_recipient_of_an_identity_and_age_decrypts_with_it(self):
        keygen, age = self.tool("age-keygen"), self.tool("age")
        with tempfile.TemporaryDirectory() as folder:
            identity = Path(folder) / "identity"
            identity.write_text(generate("age") + "\n")
            recipient = subprocess.run([keygen, "-y", identity], capture_output=True, text=True, check=True).stdout
            self.assertRegex(recipient, r"^age1[a-z0-9]{58}\n$")
            sealed = subprocess.run([age, "-r", recipient.strip()], input=b"text", capture_output=True, check=True)
            opened = subprocess.run([age, "-d", "-i", identity], input=sealed.stdout, capture_output=True, check=True)
            self.assertEqual(opened.stdout, b"text")

    def test_wg_makes_the_public_key_that_cryptography_makes_of_it(self):
        wg = self.tool("wg")
        code = """
import base64
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
raw = base64.b64decode(keys[0], validate=True)
assert raw[0] & 7 == 0 and raw[31] & 192 == 64, "not clamped as wg genkey clamps"
print(json.dumps(base64.b64encode(X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()).decode()))
"""
        key = generate("wireguard")
        public = subprocess.run([wg, "pubkey"], input=key + "\n", capture_output=True, text=True)
        self.assertEqual((public.returncode, public.stderr), (0, ""))
        self.assertEqual(public.stdout.strip(), self.python(code, key))

    def test_openssl_reads_an_ed25519_key_and_what_it_signs_is_verified_by_cryptography(self):
        openssl = self.tool("openssl")
        verify = """
import base64
from cryptography.hazmat.primitives.serialization import load_pem_public_key
load_pem_public_key(keys[0].encode()).verify(base64.b64decode(keys[1]), b"text")
print("true")
"""
        with tempfile.TemporaryDirectory() as folder:
            pem, text, signature = (Path(folder) / name for name in ("key.pem", "text", "signature"))
            pem.write_text(f"-----BEGIN PRIVATE KEY-----\n{generate('ed25519-pkcs8')}\n-----END PRIVATE KEY-----\n")
            text.write_bytes(b"text")
            public = subprocess.run([openssl, "pkey", "-in", pem, "-pubout"], capture_output=True, text=True, check=True)
            subprocess.run(
                [openssl, "pkeyutl", "-sign", "-rawin", "-inkey", pem, "-in", text, "-out", signature],
                capture_output=True, check=True,
            )  # fmt: skip
            encoded = subprocess.run([openssl, "base64", "-A", "-in", signature], capture_output=True, text=True).stdout
            self.assertEqual(len(signature.read_bytes()), 64)
            self.assertTrue(self.python(verify, public.stdout, encoded))

    def test_cryptography_signs_with_an_ed25519_seed(self):
        code = """
import base64
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(keys[0], validate=True))
key.public_key().verify(key.sign(b"text"), b"text")
print("true")
"""
        self.assertTrue(self.python(code, generate("ed25519")))

    def test_pyotp_makes_the_codes_of_a_totp_secret(self):
        code = "import pyotp\nprint(json.dumps([pyotp.TOTP(keys[0]).verify(pyotp.TOTP(keys[0]).now()), len(pyotp.TOTP(keys[0]).byte_secret())]))"
        self.assertEqual(self.python(code, generate("totp:20")), [True, 20])

    def test_python_reads_a_uuid_of_version_4_and_says_that_it_is_no_key(self):
        found = uuid.UUID(generate("uuid"))
        self.assertEqual((found.version, found.variant), (4, uuid.RFC_4122))
        said = subprocess.run([CFGKIT, "generate", "uuid"], capture_output=True, text=True).stderr
        self.assertIn("not a key", said)

    def test_django_has_no_complaint_about_its_key(self):
        """The rule of security.W009: 50 characters, 5 different ones, none that begins as startproject's does."""
        python = VENVS / "django/bin/python"
        code = (
            "import sys\nfrom django.conf import settings\nsettings.configure(SECRET_KEY=sys.stdin.read())\n"
            "from django.core.checks.security.base import check_secret_key\nprint(check_secret_key(None))"
        )
        for kind in ("django", "base64url:48"):
            with self.subTest(kind):
                done = subprocess.run([python, "-c", code], input=generate(kind), capture_output=True, text=True)
                self.assertEqual((done.stdout, done.stderr), ("[]\n", ""))

    def test_keys_meet_the_length_rules_of_laravel_rails_symfony_and_phoenix(self):
        # Illuminate\Encryption\Encrypter::supported: the decoded key has the size of its cipher, 32 or 16 bytes.
        for kind, size in (("laravel", 32), ("laravel:16", 16)):
            head, text = generate(kind).split(":")
            self.assertEqual((head, len(base64.b64decode(text, validate=True))), ("base64", size))
        # Rails: SecureRandom.hex(64). Symfony's recipe: bin2hex(random_bytes(16)) or longer.
        self.assertRegex(generate("hex:64"), r"^[0-9a-f]{128}$")
        self.assertRegex(generate("hex:32"), r"^[0-9a-f]{64}$")
        # Plug.Session.COOKIE: at least 64 bytes of text. Rocket: base64 of 32 bytes.
        self.assertEqual(len(generate("base64:48")), 64)
        self.assertEqual(len(base64.b64decode(generate("base64:32"), validate=True)), 32)

    def test_a_passphrase_is_made_of_words_of_the_list_and_a_salt_of_wordpress_symbols(self):
        words = [word for word in generate("diceware:10").split("-")]
        self.assertTrue(len(words) >= 10 and all(word.isalpha() and word.islower() for word in words))
        self.assertRegex(generate("wordpress"), r"^[A-Za-z0-9!@#$%^&*()\-_ \[\]{}<>~`+=,.;:/?|]{64}$")

    def test_no_key_is_a_number_a_boolean_null_or_json_to_python_or_yaml(self):
        code = """
import yaml
found = []
for key in keys:
    for read in (json.loads, float, lambda text: int(text, 0), complex):
        try:
            read(key)
            found.append(read.__name__)
        except ValueError:
            pass
    if not isinstance(yaml.safe_load(key), str):
        found.append("yaml")
print(json.dumps(found))
"""
        # digits are a number and a jwk is JSON by their nature; the others hold what YAML reserves, so they are quoted there.
        kinds = [kind for kind in KINDS if kind not in ("digits", "jwk", "wordpress", "django", "password")]
        keys = [generate(kind) for kind in kinds for _ in range(5)]
        self.assertEqual(self.python(code, *keys), [])

    def test_every_kind_survives_being_written_to_a_env_and_read_by_python_dotenv(self):
        code = (
            "import json, sys\nfrom dotenv import dotenv_values\n"
            "print(json.dumps(dotenv_values(sys.argv[1], interpolate=True)))"
        )
        for kind in KINDS:
            with self.subTest(kind), tempfile.TemporaryDirectory() as folder:
                key = generate(kind)
                path = Path(folder) / ".env"
                subprocess.run(
                    [CFGKIT, "set", "KEY", "--stdin"], input=key + "\n", text=True, cwd=folder, check=True,
                    capture_output=True,
                )  # fmt: skip
                done = subprocess.run(
                    [VENVS / "readers/bin/python", "-c", code, path], capture_output=True, text=True, check=True
                )
                self.assertEqual(json.loads(done.stdout), {"KEY": key})
