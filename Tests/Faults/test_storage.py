"""Disks that are full, read-only or limited, and files that are more than a name: links, mounts, devices, other owners."""

import os
import shutil
import stat
import subprocess
import unittest

from writers import ALL, FRESH, INIT, ROTATE, SET, Folder

IS_ROOT = os.geteuid() == 0
MAY_MOUNT = "CFGKIT_MAY_MOUNT" in os.environ
NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
ACCESS_LIST = "system.posix_acl_access"
DEFAULT_LIST = "system.posix_acl_default"


def access_list(*entries):
    """An access control list as the kernel keeps it: version 2, then tag, rights and id of each entry."""
    owner, group, mask, other, user = 0x01, 0x04, 0x10, 0x20, 0x02
    nobody = 0xFFFFFFFF
    rights = dict(entries)
    listed = [(owner, 6, nobody), (user, rights["daemon"], 1), (group, 0, nobody), (mask, 6, nobody), (other, 0, nobody)]
    return (2).to_bytes(4, "little") + b"".join(
        tag.to_bytes(2, "little") + right.to_bytes(2, "little") + number.to_bytes(4, "little")
        for tag, right, number in listed
    )


class StorageCase(unittest.TestCase):
    def folder(self, writer=SET, place=None):
        folder = Folder(writer, place)
        self.addCleanup(shutil.rmtree, folder.base, ignore_errors=True)
        return folder

    def assert_untouched(self, folder, done, status):
        """Refused with this code; every file is as it was, and there is no other."""
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertEqual(folder.state(), folder.old)

    def assert_works(self, folder):
        done = folder.again()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotEqual(folder.state(), folder.old)

    def mounted(self, *words, on):
        subprocess.run(["mount", *words, str(on)], check=True)
        self.addCleanup(subprocess.run, ["umount", "--lazy", str(on)], stderr=subprocess.DEVNULL)


class FullDisks(StorageCase):
    @unittest.skipUnless(MAY_MOUNT, "only root may mount")
    def test_on_a_full_disk_every_writer_leaves_the_old_files_and_works_once_there_is_room(self):
        for writer in ALL:
            with self.subTest(writer.name):
                base = self.folder().base / "full"
                base.mkdir()
                self.mounted("-t", "tmpfs", "-o", "size=1m", "none", on=base)
                folder = self.folder(writer, base)
                filler = base / "filler"
                with open(filler, "wb", buffering=0) as file:
                    size = 65_536
                    while size:
                        try:
                            file.write(bytes(size))
                        except OSError:
                            size //= 2
                self.assert_untouched(folder, folder.again(), 74)
                filler.unlink()
                self.assert_works(folder)

    def test_a_limit_on_the_size_of_files_leaves_the_old_files(self):
        for writer in ALL:
            with self.subTest(writer.name):
                folder = self.folder(writer)
                self.assert_untouched(folder, folder.again(("prlimit", "--fsize=1")), 74)
                self.assert_works(folder)

    def test_a_limit_on_open_files_leaves_them_old_or_does_it(self):
        for limit in range(4, 12):
            with self.subTest(limit=limit):
                folder = self.folder(ROTATE)
                done = folder.again(("prlimit", f"--nofile={limit}"))
                if done.returncode != 0:
                    self.assertEqual(folder.state(), folder.old, done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)


class FoldersThatCannotBeWritten(StorageCase):
    @unittest.skipUnless(MAY_MOUNT, "only root may mount")
    def test_a_file_system_mounted_read_only_is_77(self):
        for writer in ALL:
            with self.subTest(writer.name):
                folder = self.folder(writer)
                self.mounted("--bind", str(folder.path), on=folder.path)
                subprocess.run(["mount", "-o", "remount,ro,bind", str(folder.path)], check=True)
                self.assert_untouched(folder, folder.again(), 77)

    @unittest.skipUnless(IS_ROOT, "only root can be somebody else")
    def test_a_folder_without_the_right_to_write_is_77(self):
        for writer in ALL:
            with self.subTest(writer.name):
                folder = self.folder(writer)
                os.chmod(folder.base, 0o755)
                for path in (folder.path, *folder.path.iterdir()):
                    if path.name != ".git":
                        os.chmod(path, 0o755 if path.is_dir() else 0o644)
                folder.old = folder.state()
                self.assert_untouched(folder, folder.again(AS_NOBODY), 77)

    @unittest.skipUnless(IS_ROOT, "only root may set attributes")
    def test_an_immutable_or_append_only_file_or_folder_is_77(self):
        for flag, name in (("+i", ".env"), ("+a", ".env"), ("+i", "."), ("+a", ".")):
            with self.subTest(flag=flag, name=name):
                folder = self.folder()
                path = folder.path / name
                if subprocess.run(["chattr", flag, str(path)], capture_output=True).returncode:
                    self.skipTest("this file system has no such attributes")
                try:
                    done = folder.again()
                finally:
                    subprocess.run(["chattr", flag.replace("+", "-"), str(path)], check=True)
                self.assertEqual(done.returncode, 77, done.stderr)
                state = folder.state()
                # An append-only folder lets nobody remove the copy; it is emptied then.
                left = [text for copy, (*_, text) in state.items() if copy not in folder.old]
                self.assertEqual(left, [""] if (flag, name) == ("+a", ".") else [])
                self.assertEqual({key: state[key] for key in folder.old}, folder.old)
                self.assert_works(folder)


class WhoMayRead(StorageCase):
    def test_the_mode_is_kept_whatever_the_umask(self):
        for mode in (0o600, 0o640, 0o400, 0o660, 0o644, 0o604):
            for umask in ("000", "077", "777"):
                with self.subTest(f"{mode:o} {umask}"):
                    folder = self.folder()
                    os.chmod(folder.path / ".env", mode)
                    done = folder.again(("sh", "-c", f'umask {umask}; exec "$@"', "sh"))
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(stat.S_IMODE(os.stat(folder.path / ".env").st_mode), mode)

    def test_a_new_env_is_private_whatever_the_umask(self):
        for umask in ("000", "022", "077"):
            folder = self.folder(FRESH)
            done = folder.again(("sh", "-c", f'umask {umask}; exec "$@"', "sh"))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(stat.S_IMODE(os.stat(folder.path / ".env").st_mode), 0o600)

    @unittest.skipUnless(IS_ROOT, "only root can give files away")
    def test_owner_and_group_are_kept_in_a_folder_that_hands_its_group_on(self):
        folder = self.folder(ROTATE)
        os.chown(folder.path / ".env", NOBODY, 1)
        os.chown(folder.path, -1, 2)
        os.chmod(folder.path, 0o2755)
        self.assertEqual(folder.again().returncode, 0)
        status = os.stat(folder.path / ".env")
        self.assertEqual((status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)), (NOBODY, 1, 0o640))

    @unittest.skipUnless(IS_ROOT, "only root can be somebody else")
    def test_another_users_file_is_77_and_stays_theirs(self):
        folder = self.folder()
        os.chmod(folder.base, 0o755)
        os.chown(folder.path, NOBODY, NOBODY)
        for name in folder.names():
            os.chmod(folder.path / name, 0o644)
        folder.old = folder.state()
        self.assert_untouched(folder, folder.again(AS_NOBODY), 77)

    @unittest.skipUnless(IS_ROOT, "only root can be somebody else")
    def test_a_sticky_folder_of_another_owner_is_77(self):
        folder = self.folder()
        os.chmod(folder.base, 0o755)
        os.chmod(folder.path, 0o1777)
        for name in folder.names():
            os.chmod(folder.path / name, 0o666)
        folder.old = folder.state()
        self.assert_untouched(folder, folder.again(AS_NOBODY), 77)

    def test_an_access_control_list_and_attributes_are_kept(self):
        folder = self.folder()
        path = folder.path / ".env"
        expected = access_list(("daemon", 4))
        try:
            os.setxattr(path, ACCESS_LIST, expected)
            os.setxattr(path, "user.note", b"\x00ours\xff")
        except OSError as error:
            self.skipTest(f"this file system keeps none: {error}")
        mode = os.stat(path).st_mode
        self.assertEqual(folder.again().returncode, 0)
        self.assertEqual(os.getxattr(path, ACCESS_LIST), expected)
        self.assertEqual(os.getxattr(path, "user.note"), b"\x00ours\xff")
        self.assertEqual(os.stat(path).st_mode, mode)

    def test_a_list_that_the_folder_would_hand_on_does_not_widen_a_file_without_one(self):
        folder = self.folder()
        try:
            os.setxattr(folder.path, DEFAULT_LIST, access_list(("daemon", 6)))
        except OSError as error:
            self.skipTest(f"this file system keeps none: {error}")
        self.assertEqual(folder.again().returncode, 0)
        self.assertNotIn(ACCESS_LIST, os.listxattr(folder.path / ".env"))
        self.assertEqual(stat.S_IMODE(os.stat(folder.path / ".env").st_mode), 0o600)

    def test_a_list_that_the_folder_would_hand_on_does_not_open_a_new_env(self):
        folder = self.folder(FRESH)
        try:
            os.setxattr(folder.path, DEFAULT_LIST, access_list(("daemon", 6)))
        except OSError as error:
            self.skipTest(f"this file system keeps none: {error}")
        self.assertEqual(folder.again().returncode, 0)
        status = os.stat(folder.path / ".env")
        self.assertEqual(stat.S_IMODE(status.st_mode), 0o600)
        # With a list, the group's bits are its mask: none means that the list gives nobody anything.
        self.assertEqual(status.st_mode & stat.S_IRWXG, 0)


class NamesThatAreNoPlainFile(StorageCase):
    def moved(self, writer=SET, to="elsewhere"):
        """A project whose .env has been moved away."""
        folder = self.folder(writer)
        (folder.path / to).mkdir()
        os.rename(folder.path / ".env", folder.path / to / ".env")
        return folder, folder.path / to / ".env"

    def test_a_link_stays_a_link_and_its_target_is_written(self):
        for is_absolute in (False, True):
            with self.subTest(absolute=is_absolute):
                folder, target = self.moved()
                link = folder.path / ".env"
                link.symlink_to(target if is_absolute else "elsewhere/.env")
                done = folder.again()
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(link.is_symlink())
                self.assertIn(b"MODE=b", target.read_bytes())
                self.assertEqual(os.listdir(target.parent), [".env"])

    @unittest.skipUnless(MAY_MOUNT, "only root may mount")
    def test_a_link_to_another_file_system_is_followed(self):
        folder = self.folder()
        other = folder.base / "other"
        other.mkdir()
        self.mounted("-t", "tmpfs", "-o", "size=1m", "none", on=other)
        shutil.move(folder.path / ".env", other / ".env")
        (folder.path / ".env").symlink_to(other / ".env")
        self.assertEqual(folder.again().returncode, 0)
        self.assertIn(b"MODE=b", (other / ".env").read_bytes())

    def test_a_link_to_nothing_or_in_a_circle_is_refused(self):
        for target in ("none", ".env"):
            with self.subTest(target):
                folder = self.folder()
                (folder.path / ".env").unlink()
                (folder.path / ".env").symlink_to(target)
                before = folder.names()
                self.assertIn(folder.again().returncode, (65, 73))
                self.assertEqual(folder.names(), before)
                self.assertEqual(os.readlink(folder.path / ".env"), target)

    @unittest.skipUnless(IS_ROOT, "only root can give files away")
    def test_a_link_to_a_file_of_another_owner_is_73(self):
        folder, target = self.moved()
        (folder.path / ".env").symlink_to("elsewhere/.env")
        os.chown(target, NOBODY, NOBODY)
        before = target.read_bytes()
        self.assertEqual(folder.again().returncode, 73)
        self.assertEqual(target.read_bytes(), before)

    def test_a_hard_link_is_73_and_can_be_broken(self):
        folder = self.folder()
        os.link(folder.path / ".env", folder.base / "other")
        self.assert_untouched(folder, folder.again(), 73)
        done = folder.run((*SET.arguments, "--break-link"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual((folder.base / "other").read_bytes(), (folder.path / ".env").read_bytes())

    def test_rotate_secret_breaks_a_hard_link_only_if_told_to(self):
        folder = self.folder(ROTATE)
        os.link(folder.path / ".env", folder.base / "other")
        self.assert_untouched(folder, folder.again(), 73)
        done = folder.run((*ROTATE.arguments, "--break-link"))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_fifo_a_folder_and_a_device_are_refused_at_once(self):
        kinds = {"fifo": os.mkfifo, "folder": os.mkdir}
        if IS_ROOT:
            kinds["device"] = lambda path: os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 7))
        for kind, make in kinds.items():
            with self.subTest(kind):
                folder = self.folder()
                (folder.path / ".env").unlink()
                make(folder.path / ".env")
                mode = os.lstat(folder.path / ".env").st_mode
                # Reading comes first, and says 65; nothing waits for the other end of a FIFO.
                self.assertIn(folder.again().returncode, (65, 73))
                self.assertEqual(os.lstat(folder.path / ".env").st_mode, mode)
                self.assertEqual(folder.names(), [".env", ".env.schema"])

    @unittest.skipUnless(MAY_MOUNT, "only root may mount")
    def test_a_file_that_is_a_mount_of_its_own_is_73(self):
        for writer in (SET, ROTATE):
            with self.subTest(writer.name):
                folder = self.folder(writer)
                outside = folder.base / "outside"
                shutil.copy2(folder.path / ".env", outside)
                self.mounted("--bind", str(outside), on=folder.path / ".env")
                folder.old = folder.state()
                done = folder.again()
                self.assert_untouched(folder, done, 73)
                self.assertIn("mount its folder", done.stderr)

    def test_a_kubernetes_volume_is_read_in_one_piece_and_never_written(self):
        folder, target = self.moved(to="..2026_11_23")
        (folder.path / "..data").symlink_to("..2026_11_23")
        (folder.path / ".env").symlink_to("..data/.env")
        before = target.read_bytes()
        self.assertEqual(folder.run(("get", "MODE")).stdout, "a\n")
        done = folder.again()
        self.assertEqual(done.returncode, 73, done.stderr)
        self.assertIn("change the Secret", done.stderr)
        self.assertEqual((target.read_bytes(), os.listdir(target.parent)), (before, [".env"]))

    def test_what_another_left_that_is_not_ours_is_left_alone(self):
        folder = self.folder()
        stranger = folder.path / ".env.cfgkit-0123456789abcdef"
        stranger.symlink_to("elsewhere")
        (folder.path / ".env.cfgkit-lock").write_text("")
        self.assertEqual(folder.again().returncode, 0)
        self.assertTrue(stranger.is_symlink())
        self.assertTrue((folder.path / ".env.cfgkit-lock").exists())


class ClosedStreams(StorageCase):
    def test_with_a_standard_stream_closed_nothing_is_written_into_a_file_in_its_place(self):
        for closed in ("<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
            for writer in (SET, ROTATE, INIT):
                with self.subTest(f"{writer.name} {closed}"):
                    folder = self.folder(writer)
                    folder.again(("sh", "-c", f'exec "$@" {closed}', "sh"))
                    state = folder.state()
                    if state != folder.old:
                        clean = self.folder(writer)
                        clean.again()
                        self.assertEqual(state, clean.state())

    def test_an_answer_that_nobody_reads_does_not_harm_the_file(self):
        folder = self.folder(ROTATE)
        folder.again(("sh", "-c", '"$@" | true; exit 0', "sh"))
        folder.again(("sh", "-c", '"$@" >/dev/full; exit 0', "sh"))
        self.assertEqual(len(folder.names()), 2)
