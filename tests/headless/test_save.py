import errno
import io
import os
import signal
import stat
import subprocess
import sys
import zipfile

import pytest

from kam_excel.errors import WorkbookError
from kam_excel.headless.package.parts import Package
from kam_excel.headless.saving import locks, temporaries
from kam_excel.headless.saving.disk import Disk
from kam_excel.headless.saving.save import save

SHEET = "xl/worksheets/sheet1.xml"
EDITED = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@pytest.fixture
def path(tmp_path):
    """A workbook on disk."""
    path = tmp_path / "大客户.xlsx"
    with path.open("wb") as file:
        Package.blank().save_to(file)
    return path


def edited(path):
    package = Package.open(path)
    package.write(SHEET, EDITED)
    return package


def bytes_of(package):
    stream = io.BytesIO()
    package.save_to(stream)
    return stream.getvalue()


def codes(info):
    return [problem.code.name for problem in info.value.problems]


def test_a_save_in_place(path):
    package = edited(path)
    wanted = bytes_of(package)
    report = save(package, path)
    assert path.read_bytes() == wanted
    assert (report.path, report.bytes_written) == (path, len(wanted))
    assert (report.parts_changed, report.unchanged) == ({SHEET: "changed"}, False)
    assert os.listdir(path.parent) == [path.name]


def test_nothing_changed_nothing_written(path):
    before = path.stat()
    report = save(Package.open(path), path)
    assert report.unchanged
    assert path.stat() == before


def test_after_a_save_the_package_is_the_new_file(path):
    package = edited(path)
    save(package, path)
    assert package.changes() == {}
    assert save(package, path).unchanged
    package.remove("xl/styles.xml")
    save(package, path)
    assert "xl/styles.xml" not in Package.open(path)


def test_saving_under_another_name_leaves_the_original(path):
    before = path.read_bytes()
    package = edited(path)
    other = path.with_name("结果.xlsx")
    save(package, other)
    assert path.read_bytes() == before
    assert package.origin.path == other
    assert Package.open(other).read(SHEET) == EDITED


def test_a_copy_without_changes_has_the_same_bytes(path):
    other = path.with_name("copy.xlsx")
    save(Package.open(path), other)
    assert other.read_bytes() == path.read_bytes()


def test_a_new_workbook(tmp_path):
    save(Package.blank(), tmp_path / "new.xlsx")
    assert Package.open(tmp_path / "new.xlsx").workbook == "xl/workbook.xml"


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_the_mode_of_the_original_is_kept(path):
    path.chmod(0o640)
    save(edited(path), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed_to_its_target(path, tmp_path):
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.xlsx"
    link.symlink_to("../大客户.xlsx")
    save(edited(link), link)
    assert link.is_symlink()
    assert Package.open(path).read(SHEET) == EDITED
    second = folder / "second.xlsx"
    second.symlink_to(link)
    with pytest.raises(WorkbookError) as info:
        save(edited(path), second)
    assert codes(info) == ["SAVE_LINK_CHAIN"]


def test_no_link_leads_out_of_the_folder_worked_on(path, tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (root / "out.xlsx").symlink_to(path)
    (root / "real.xlsx").write_bytes(path.read_bytes())
    (root / "in.xlsx").symlink_to("real.xlsx")
    before = path.read_bytes()
    with pytest.raises(WorkbookError) as info:
        save(edited(root / "out.xlsx"), root / "out.xlsx", root=root)
    assert codes(info) == ["SAVE_LINK_OUTSIDE"]
    assert path.read_bytes() == before
    save(edited(root / "in.xlsx"), root / "in.xlsx", root=root)
    assert Package.open(root / "real.xlsx").read(SHEET) == EDITED


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes")
def test_extended_attributes_are_kept(path):
    try:
        os.setxattr(path, "user.origin", b"ERP")
    except OSError:
        pytest.skip("the file system has none")
    save(edited(path), path)
    assert os.getxattr(path, "user.origin") == b"ERP"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes")
@pytest.mark.parametrize("call", ["listxattr", "setxattr"])
def test_a_file_system_without_extended_attributes(path, monkeypatch, call):
    def fail(*_):
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "listxattr", lambda *_: ["user.origin"])
    monkeypatch.setattr(os, "getxattr", lambda *_: b"ERP")
    monkeypatch.setattr(os, call, fail)
    save(edited(path), path)
    assert Package.open(path).read(SHEET) == EDITED


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_the_owner_is_kept(path):
    os.chown(path, 12, 34)
    save(edited(path), path)
    assert (path.stat().st_uid, path.stat().st_gid) == (12, 34)


def test_what_the_user_may_not_set_stays_as_it_is(path, monkeypatch):
    def fail(*_):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", fail, raising=False)
    save(edited(path), path)
    assert Package.open(path).read(SHEET) == EDITED


def office_owner_file(user):
    name = user.encode("utf-16-le")
    return (bytes(55) + len(user).to_bytes(2, "little") + name).ljust(165, b"\0")


@pytest.mark.parametrize(
    ("name", "content", "holder"),
    [
        ("~$大客户.xlsx", office_owner_file("张三"), "张三"),
        ("~$大客户.xlsx", b"", "?"),
        (".~lock.大客户.xlsx#", b",lisi,PC-07,23.11.2026 09:00,file:///x;", "lisi@PC-07"),
        (".~lock.大客户.xlsx#", "李四,lisi,PC-07,,;".encode(), "李四@PC-07"),
    ],
)
def test_a_workbook_that_is_open_elsewhere(path, name, content, holder):
    before = path.read_bytes()
    package = edited(path)
    path.with_name(name).write_bytes(content)
    with pytest.raises(WorkbookError) as info:
        save(package, path)
    assert codes(info) == ["SAVE_OPEN_ELSEWHERE"]
    assert info.value.problems[0].facts["holder"] == holder
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_owner_files_are_not_opened(path, name):
    path.with_name(name).write_bytes(path.read_bytes())
    with pytest.raises(WorkbookError) as info:
        Package.open(path.with_name(name))
    assert codes(info) == ["FILE_OWNER"]


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_owner_files_are_no_targets(path, name):
    with pytest.raises(WorkbookError) as info:
        save(edited(path), path.with_name(name))
    assert codes(info) == ["SAVE_OWNER_FILE"]


def test_hard_links(path):
    os.link(path, path.with_name("same.xlsx"))
    with pytest.raises(WorkbookError) as info:
        save(edited(path), path)
    assert codes(info) == ["SAVE_HARD_LINK"]


def test_signed_packages_are_read_but_not_changed(tmp_path):
    package = Package.blank()
    package.write("_xmlsignatures/origin.sigs", b"")
    package.rels("").add(
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
        "_xmlsignatures/origin.sigs",
    )
    path = tmp_path / "signed.xlsx"
    path.write_bytes(bytes_of(package))
    signed = Package.open(path)
    save(signed, tmp_path / "copy.xlsx")
    signed.write(SHEET, EDITED)
    with pytest.raises(WorkbookError) as info:
        save(signed, path)
    assert codes(info) == ["SAVE_SIGNED"]


def appended(path):
    with path.open("ab") as file:
        file.write(b"x")


def touched(path):
    os.utime(path, ns=(1, 1))


def replaced(path):
    status, data = path.stat(), path.read_bytes()
    path.with_name("b").write_bytes(data)
    os.utime(path.with_name("b"), ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(path.with_name("b"), path)


def rewritten_with_the_same_time(path):
    status, data = path.stat(), bytearray(path.read_bytes())
    data[20] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("change", [appended, touched, replaced, rewritten_with_the_same_time])
def test_an_original_that_someone_changed(path, change):
    package = edited(path)
    change(path)
    theirs = path.read_bytes()
    with pytest.raises(WorkbookError) as info:
        save(package, path)
    assert codes(info) == ["SAVE_ORIGINAL_CHANGED"]
    assert path.read_bytes() == theirs
    assert os.listdir(path.parent) == [path.name]


def test_an_original_that_is_gone(path):
    package = edited(path)
    path.unlink()
    with pytest.raises(WorkbookError) as info:
        save(package, path)
    assert codes(info) == ["SAVE_ORIGINAL_GONE"]
    assert os.listdir(path.parent) == []


def test_an_original_that_excel_is_saving_is_no_new_file(path):
    package = edited(path)
    path.rename(path.with_name("5A3D1F00"))
    with pytest.raises(WorkbookError) as info:
        save(package, path)
    assert codes(info) == ["SAVE_ORIGINAL_GONE"]
    assert os.listdir(path.parent) == ["5A3D1F00"]


def test_a_lock_file_that_a_dead_run_left_is_taken_over(path):
    package = edited(path)
    with locks.exclusive(path):
        (lock,) = path.parent.glob(".~kam-*.lock")
    lock.write_text("999999@elsewhere")
    save(package, path)
    assert os.listdir(path.parent) == [path.name]


def test_two_runs_that_read_the_same_file_do_not_undo_each_other(path):
    first, second = edited(path), Package.open(path)
    second.remove("xl/styles.xml")
    save(first, path)
    with pytest.raises(WorkbookError) as info:
        save(second, path)
    assert codes(info) == ["SAVE_ORIGINAL_CHANGED"]
    assert Package.open(path).read(SHEET) == EDITED


def test_a_second_save_is_told_who_is_first(path):
    package = edited(path)
    with locks.exclusive(path), pytest.raises(WorkbookError) as info:
        save(package, path)
    assert codes(info) == ["SAVE_BUSY"]
    assert info.value.problems[0].facts["holder"].startswith(f"{os.getpid()}@")
    save(package, path)


def test_what_is_not_xml_does_not_replace_the_original(path):
    before = path.read_bytes()
    prefix = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    for data in (b"<a>", b"<x:a/>", f'<a {prefix} mc:Ignorable="x14"/>'.encode()):
        package = Package.open(path)
        package.write(SHEET, data)
        with pytest.raises(WorkbookError) as info:
            save(package, path)
        assert codes(info) == ["SAVE_NOT_VERIFIED"]
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_folder_that_is_not_there(path):
    with pytest.raises(WorkbookError) as info:
        save(edited(path), path.parent / "none" / "a.xlsx")
    assert codes(info) == ["SAVE_FAILED"]


# Faults -------------------------------------------------------------------------------------

STEPS = ("create", "copy_status", "sync", "replace", "sync_folder")


class FailingDisk(Disk):
    """A disk on which one step fails with an error, before or after it is done."""

    def __init__(self, step, error, after=False):
        for name in STEPS:
            if name == step:
                setattr(self, name, self._failing(getattr(super(), name), error, after))

    @staticmethod
    def _failing(step, error, after):
        def fail(*args):
            if after:
                step(*args)
            raise error

        return fail


class FullDisk(Disk):
    """A disk on which a file takes so many bytes and no more."""

    def __init__(self, room):
        self.room = room

    def create(self, path, mode):
        real, room = super().create(path, mode), self.room

        class Full(io.BufferedRandom):
            def write(self, data):
                if self.tell() + len(data) > room:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return super().write(data)

        return Full(real.detach())


@pytest.mark.parametrize("step", STEPS[:-1])
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.EIO, "Input/output error"), "SAVE_FAILED"),
        (OSError(errno.ENOSPC, "No space left on device"), "SAVE_NO_SPACE"),
        (PermissionError(errno.EACCES, "Permission denied"), "SAVE_READ_ONLY"),
    ],
)
def test_a_fault_leaves_the_original(path, step, error, code):
    before, status = path.read_bytes(), path.stat()
    package = edited(path)
    with pytest.raises(WorkbookError) as info:
        save(package, path, FailingDisk(step, error))
    assert codes(info) == [code]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, status.st_mtime_ns)
    assert os.listdir(path.parent) == [path.name]
    save(package, path)
    assert Package.open(path).read(SHEET) == EDITED


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.999])
def test_a_full_disk(path, share):
    before = path.read_bytes()
    package = edited(path)
    with pytest.raises(WorkbookError) as info:
        save(package, path, FullDisk(int(share * len(bytes_of(package)))))
    assert codes(info) == ["SAVE_NO_SPACE"]
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize("step", ["replace", "sync_folder"])
def test_a_fault_after_the_rename_leaves_the_new_file(path, step):
    package = edited(path)
    wanted = bytes_of(package)
    with pytest.raises(WorkbookError) as info:
        save(package, path, FailingDisk(step, OSError(errno.EIO, "I/O error"), after=True))
    assert codes(info) == ["SAVE_FAILED"]
    assert path.read_bytes() == wanted
    assert os.listdir(path.parent) == [path.name]


def test_an_interrupt_leaves_no_temporary(path):
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        save(edited(path), path, FailingDisk("sync", KeyboardInterrupt()))
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


KILLED = """
import os, signal, sys
from pathlib import Path
from kam_excel.headless.saving.disk import Disk
from kam_excel.headless.package.parts import Package
from kam_excel.headless.saving.save import save

path, step, after, edited = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "after", sys.argv[4]

class Killer(Disk):
    pass

def killing(self, *args):
    if after:
        getattr(Disk, step)(self, *args)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(Killer, step, killing)
package = Package.open(path)
package.write("xl/worksheets/sheet1.xml", edited.encode())
save(package, path, Killer())
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_kill_9_leaves_the_old_file_or_the_new_one(path, step, moment):
    before = path.read_bytes()
    new = bytes_of(edited(path))
    command = [sys.executable, "-c", KILLED, str(path), step, moment, EDITED.decode()]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    renamed = step == "sync_folder" or (step, moment) == ("replace", "after")
    assert path.read_bytes() == (new if renamed else before)
    package = Package.open(path)  # and the next save clears what the dead one left
    package.write(SHEET, EDITED.replace(b"/>", b"></worksheet>"))
    save(package, path)
    assert os.listdir(path.parent) == [path.name]


def test_temporaries_of_the_living_stay(tmp_path):
    ours = temporaries.new(tmp_path)
    ours.touch()
    elsewhere = tmp_path / ".~kam-1-00000012345678.tmp"
    elsewhere.touch()
    assert temporaries.sweep(tmp_path) == []
    assert sorted(tmp_path.iterdir()) == sorted([ours, elsewhere])


def test_a_saved_package_is_a_sound_archive(path):
    package = edited(path)
    package.write("xl/新.bin", bytes(10))
    save(package, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-1] == "xl/新.bin"
