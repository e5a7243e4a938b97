"""Files that are large, and files with everything that a reader may meet: every other byte is kept, or nothing is written."""

import unittest

from test_calls import IS_QUICK
from writers import ALL, ENV, OLD_KEY, ROTATE, SCHEMA, SET, UNSET, Folder, Writer

MIB = 1 << 20


def with_env(writer, data):
    """The same verb on a .env with other bytes, which may be no text."""
    folder = Folder(Writer(writer.name, writer.arguments, {".env.schema": SCHEMA}, input=writer.input))
    path = folder.path / ".env"
    path.write_bytes(data)
    path.chmod(0o600)
    return folder


class LargeFiles(unittest.TestCase):
    def test_a_file_of_64_MB_is_refused_by_every_writer_and_stays_as_it_is(self):
        data = b"MODE=a\n" + b"# " + b"x" * (64 * MIB) + b"\n"
        for writer in (SET, ROTATE) if IS_QUICK else ALL:
            if ".env.schema" not in writer.files:
                continue  # init keeps an .env that it does not have to read
            with self.subTest(writer.name), with_env(writer, data) as folder:
                done = folder.again()
                self.assertEqual(done.returncode, 65, done.stdout + done.stderr)
                self.assertIn("16777216 bytes", done.stdout + done.stderr)
                self.assertEqual((folder.path / ".env").read_bytes(), data)
                self.assertEqual(folder.names(), [".env", ".env.schema"])

    def test_a_million_keys_are_edited_and_every_other_byte_stays(self):
        count = 10_000 if IS_QUICK else 1_000_000
        lines = [f"K_{number:x}=1" for number in range(count)]
        data = "\n".join([*lines, "MODE=a", f"SECRET_KEY={OLD_KEY}", ""]).encode()
        for writer in (SET, ROTATE):
            with self.subTest(writer.name), with_env(writer, data) as folder:
                done = folder.run(writer.arguments, timeout=1800)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(folder.names(), [".env", ".env.schema"])
                found = (folder.path / ".env").read_bytes().decode().splitlines()
                self.assertEqual(found[:count], lines)
                rest = [line.partition("=")[0] for line in found[count:]]
                self.assertEqual([key for key in rest if "cfgkit" not in key and "FALLBACKS" not in key], ["MODE", "SECRET_KEY"])

    def test_a_value_of_a_megabyte_is_kept(self):
        note = b"x" * (MIB - 1)
        for writer in (SET, ROTATE):
            with self.subTest(writer.name), with_env(writer, ENV.encode() + b"\nEXTRA=" + note + b"\n") as folder:
                done = folder.again()
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue((folder.path / ".env").read_bytes().endswith(b"\nEXTRA=" + note + b"\n"))


class OddFiles(unittest.TestCase):
    KEY = OLD_KEY.encode()
    # What stands before and after the lines that are edited.
    KEPT = {
        "CR LF": (b"# mine\r\nA=1\r\n", b"B=2\r\n", b"\r\n"),
        "a byte order mark": (b"\xef\xbb\xbf# mine\n", b"B=2\n", b"\n"),
        "no final line end": (b"A=1\n", b"B=2", b"\n"),
        "export": (b"export A=1\n", b"export B='2'\n", b"\n"),
        "several lines in quotes": (b'A="1\n2\n"\n', b"B='3\n\n4'\n", b"\n"),
        "blanks, comments, unknown lines": (b"\n \t\n#\n  # x\n", b"\n\nB=2 # y\n\n\n", b"\n"),
        "a key twice that is not touched": (b"A=1\nA=2\n", b"A=3\n", b"\n"),
    }

    def test_every_other_byte_is_kept_whatever_stands_beside_it(self):
        for what, (head, tail, end) in self.KEPT.items():
            data = head + b"MODE=a" + end + b"NOTE=n" + end + b"SECRET_KEY=" + self.KEY + end + tail
            for writer in (SET, UNSET, ROTATE):
                with self.subTest(what, writer=writer.name), with_env(writer, data) as folder:
                    done = folder.again()
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                    found = (folder.path / ".env").read_bytes()
                    self.assertTrue(found.startswith(head), found[:200])
                    self.assertTrue(found.endswith(end + tail), found[-200:])
                    if end == b"\r\n":
                        self.assertEqual(found.count(b"\n"), found.count(b"\r\n"))

    # Too broken to read values from, or to know where an edit would land.
    REFUSED = {
        "NUL": b"A=1\0\nMODE=a\nNOTE=n\nSECRET_KEY=" + KEY + b"\n",
        "UTF-16": ("\ufeffMODE=a\nNOTE=n\nSECRET_KEY=" + OLD_KEY).encode("utf-16-le"),
        "invalid UTF-8": b"A=\xff\xfe\nMODE=a\nNOTE=n\nSECRET_KEY=" + KEY + b"\n",
        "an open quote": b"MODE=a\nNOTE=n\nSECRET_KEY=" + KEY + b'\nA="1\n',
    }

    def test_what_cannot_be_read_is_refused_and_stays_as_it_is(self):
        for what, data in self.REFUSED.items():
            for writer in (SET, UNSET, ROTATE):
                with self.subTest(what, writer=writer.name), with_env(writer, data) as folder:
                    done = folder.again()
                    self.assertIn(done.returncode, (1, 65), done.stdout + done.stderr)
                    self.assertEqual((folder.path / ".env").read_bytes(), data)
                    self.assertEqual(folder.names(), [".env", ".env.schema"])

    def test_a_secret_that_stands_there_twice_is_not_rotated(self):
        data = b"SECRET_KEY=" + self.KEY + b"\nA=1\nSECRET_KEY=" + self.KEY + b"\n"
        with with_env(ROTATE, data) as folder:
            done = folder.again()
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual((folder.path / ".env").read_bytes(), data)
