"""Other people at the same time: many writers, an editor, a lock that is held, signals, and a person who says no."""

import fcntl
import os
import pty
import select
import signal
import subprocess
import termios
import time
import unittest

from test_calls import IS_QUICK, WRITERS, FaultCase, chosen, differences, in_turn, next_run
from tracing import HAS_STRACE, injecting
from writers import FRESH, OLD_KEY, ROTATE, SET, Folder, Writer, is_temporary


class ManyWriters(unittest.TestCase):
    def test_forty_writers_at_once_lose_no_update(self):
        with Folder(SET) as folder:
            rounds = 1 if IS_QUICK else 8
            # 75 says that waiting is enough, so each does.
            loop = f"""for round in $(seq {rounds}); do
                until "$0" set "K_$1_$round" "v$round"; do [ $? -eq 75 ] || exit 1; done
            done"""
            writers = [
                subprocess.Popen(
                    ["sh", "-c", loop, *folder.command(()), str(number)],
                    cwd=folder.path,
                    env=folder.environment,
                    stderr=subprocess.PIPE,
                    text=True,
                )
                for number in range(40)
            ]
            for writer in writers:
                messages = writer.communicate()[1]
                self.assertEqual(writer.returncode, 0, messages)
            text = (folder.path / ".env").read_text()
            wanted = {f"K_{number}_{turn}=v{turn}" for number in range(40) for turn in range(1, rounds + 1)}
            self.assertEqual(wanted - set(text.splitlines()), set())
            self.assertIn(OLD_KEY, text)
            self.assertEqual(folder.names(), [".env", ".env.schema"])

    def test_of_two_that_rotate_at_once_both_or_one_win_and_no_key_is_lost(self):
        for _ in range(3 if IS_QUICK else 20):
            with Folder(ROTATE) as folder:
                runs = [
                    subprocess.Popen(
                        folder.command(ROTATE.arguments),
                        cwd=folder.path,
                        env=folder.environment,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                    )
                    for _ in range(2)
                ]
                codes = [run.wait() for run in runs]
                self.assertEqual(codes, [0, 0])
                text = (folder.path / ".env").read_text()
                self.assertRegex(text, rf"SECRET_KEY_FALLBACKS=[0-9a-f]{{64}},{OLD_KEY}\n")


class AnEditorMeanwhile(unittest.TestCase):
    @unittest.skipUnless(HAS_STRACE, "strace is not on this machine")
    def test_a_file_that_is_saved_between_reading_and_replacing_is_left_to_the_editor(self):
        """The write to the temporary file takes a second; the editor saves in it, in place or by a rename."""
        for by_rename in (False, True):
            for writer in (ROTATE,) if IS_QUICK else (SET, ROTATE):
                with self.subTest(writer.name, by_rename=by_rename), Folder(writer) as folder:
                    slow = ("strace", "-f", "-o", "/dev/null", "-e", "inject=fsync:delay_enter=1000000:when=1")
                    run = subprocess.Popen(
                        [*slow, *folder.command(writer.arguments)],
                        cwd=folder.path,
                        env=folder.environment,
                        stderr=subprocess.PIPE,
                        text=True,
                    )
                    while not any(map(is_temporary, folder.names())):
                        self.assertIsNone(run.poll())
                        time.sleep(0.01)
                    time.sleep(0.3)
                    if by_rename:
                        (folder.base / "saved").write_text("MODE=c\n")
                        os.rename(folder.base / "saved", folder.path / ".env")
                    else:
                        (folder.path / ".env").write_text("MODE=c\n")
                    message = run.communicate()[1]
                    self.assertEqual(run.returncode, 75, message)
                    self.assertEqual((folder.path / ".env").read_text(), "MODE=c\n")
                    self.assertEqual(folder.names(), [".env", ".env.schema"])


class TheLock(unittest.TestCase):
    def test_one_that_is_held_too_long_is_75_and_one_whose_holder_is_killed_is_free(self):
        with Folder(SET) as folder:
            ready = 'import fcntl, os, sys, time; fcntl.flock(os.open(sys.argv[1], 0), 2); print(); time.sleep(60)'
            holder = subprocess.Popen(
                ["python3", "-uc", ready, str(folder.path)], stdout=subprocess.PIPE, start_new_session=True
            )
            try:
                holder.stdout.readline()
                holder.send_signal(signal.SIGSTOP)
                if not IS_QUICK:
                    done = folder.again()
                    self.assertEqual(done.returncode, 75, done.stderr)
                    self.assertIn("wait and try again", done.stderr)
                    self.assertEqual(folder.state(), folder.old)
            finally:
                holder.kill()
                holder.wait()
            self.assertEqual(folder.again().returncode, 0)

    @unittest.skipUnless(HAS_STRACE, "strace is not on this machine")
    def test_where_a_folder_cannot_be_locked_a_file_beside_it_is_and_stays(self):
        for error in ("EBADF", "ENOLCK"):
            with self.subTest(error), Folder(SET) as folder:
                under = ("strace", "-f", "-o", "/dev/null", "-e", f"inject=flock:error={error}:when=1")
                done = folder.again(under)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(folder.names(), [".env", ".env.cfgkit-lock", ".env.schema"])
                self.assertEqual(os.stat(folder.path / ".env.cfgkit-lock").st_mode & 0o777, 0o600)
                lock = os.open(folder.path / ".env.cfgkit-lock", os.O_RDWR)
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not IS_QUICK:
                    self.assertEqual(folder.again(under).returncode, 75)
                os.close(lock)


class Randomness(FaultCase):
    @unittest.skipUnless(HAS_STRACE, "strace is not on this machine")
    def test_where_getrandom_is_not_to_be_had_a_key_comes_from_the_device_or_nothing_is_written(self):
        for writer in (ROTATE, FRESH):
            with self.subTest(writer.name), Folder(writer) as folder:
                _, new = self.new_state(writer)
                done = folder.again(("strace", "-f", "-o", "/dev/null", "-e", "inject=getrandom:error=ENOSYS"))
                self.assertEqual(folder.state(), new if done.returncode == 0 else folder.old, done.stderr)


@unittest.skipUnless(HAS_STRACE, "strace is not on this machine")
class SignalsAtEachStep(FaultCase):
    def test_the_file_is_old_or_new_no_copy_is_left_and_the_exit_says_which_signal(self):
        names = ("TERM",) if IS_QUICK else ("TERM", "INT", "HUP")
        for writer in WRITERS[:1] if IS_QUICK else WRITERS:
            with self.subTest(writer.name):
                found, new = self.new_state(writer)
                faults = [(call, name, new) for call, name in in_turn(writer, names, chosen(writer, found))]
                self.each(writer, faults, self.signalled)

    @staticmethod
    def signalled(writer, call, name, new):
        with Folder(writer) as folder:
            done = folder.again(injecting(call, f"signal={name}"))
            what = f"{name} at {call}"
            number = getattr(signal, f"SIG{name}")
            wrong = list(differences(folder, new, what))
            if done.returncode not in (-number, 128 + number):
                wrong.append(f"{what}: ends with {done.returncode}: {done.stderr.strip()[:200]}")
            wrong += next_run(folder, new, what)
            return wrong


class SayingNo(unittest.TestCase):
    # Every question that a verb which writes can ask, and the words by which it is known.
    PROMPTS = (
        (Writer("set of a secret", ("set", "SECRET_KEY")), "SECRET_KEY: "),
        (Writer("set", ("set", "MODE")), "MODE: "),
        (Writer("rotate-secret --compromised", ("rotate-secret", "SECRET_KEY", "--compromised")), "[y/N]"),
        (Writer("init", ("init",), files={}), "emplate"),
    )

    def test_ctrl_c_at_every_prompt_is_2_changes_nothing_and_leaves_the_terminal_as_it_was(self):
        for writer, prompt in self.PROMPTS:
            for typed in ("", "abc"):
                with self.subTest(writer.name, typed=typed), Folder(writer) as folder:
                    code, screen, is_same = self.interrupted(folder, prompt, typed)
                    self.assertEqual(code, 2, screen)
                    self.assertIn("nothing changed", screen)
                    self.assertEqual(folder.state(), folder.old)
                    self.assertTrue(is_same, "the terminal was left changed")

    def interrupted(self, folder, prompt, typed):
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(folder.path)
            os.execvpe(folder.command(())[0], folder.command(folder.writer.arguments), folder.environment)
        settings = termios.tcgetattr(terminal)
        screen, sent = "", False
        deadline = time.monotonic() + 20
        try:
            while time.monotonic() < deadline:
                if not select.select([terminal], [], [], 0.2)[0]:
                    continue
                try:
                    text = os.read(terminal, 4096).decode()
                except OSError:
                    break
                if not text:
                    break
                screen += text
                if prompt in screen and not sent:
                    sent = True
                    time.sleep(0.1)
                    os.write(terminal, typed.encode() + b"\x03")
            is_same = termios.tcgetattr(terminal) == settings
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), screen, is_same
        finally:
            os.close(terminal)
            if sent is False:
                os.kill(child, signal.SIGKILL)
