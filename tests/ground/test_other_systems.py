"""Every command but ``serve`` on a system without what only POSIX has: Windows, as far as Linux can play it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pobratim.cli import expanded
from pobratim.cli.root import MODULES
from pobratim.ground import disk
from pobratim.store.directory import GenerationStore
from tests.support.places import ROOT

pytestmark = pytest.mark.slow

EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.docx"

WITHOUT = """
import os, shutil, signal, socket, sys, tempfile, subprocess

class Absent:
    names = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty", "uvloop"}

    def find_spec(self, name, path=None, target=None):
        if name in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in Absent.names:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Absent())

def no_directory(original):
    def wrapper(path, *arguments, **options):
        if isinstance(path, (str, bytes, os.PathLike)) and os.path.isdir(path):
            raise PermissionError(13, "Permission denied", str(path))
        return original(path, *arguments, **options)
    return wrapper

def no_overwriting(original):
    def wrapper(source, target, **options):
        if os.path.lexists(target):
            raise FileExistsError(17, "File exists", str(target))
        return original(source, target, **options)
    return wrapper

shutil._use_fd_functions = False  # so it removes folders where they cannot be opened
os.open, os.rename = no_directory(os.open), no_overwriting(os.rename)
for name in ("chown", "fork", "forkpty", "geteuid", "getgid", "getpgid", "getuid", "killpg", "lchown", "link", "mkfifo",
             "pread", "setsid", "statvfs", "symlink", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC",
             "O_NONBLOCK", "WNOHANG", "waitstatus_to_exitcode", "fchmod", "fchown"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGUSR1", "alarm", "setitimer", "set_wakeup_fd"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("AF_UNIX", "send_fds", "recv_fds", "socketpair"):
    if hasattr(socket, name):
        delattr(socket, name)
"""
PLAY = WITHOUT + "\nfrom pobratim.cli import main\nmain()\n"


def _run(*words: str | Path, code: int = 0, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "POBRATIM_LANG": "ru", **variables}
    done = subprocess.run(
        [sys.executable, "-c", PLAY, *map(str, words)], capture_output=True, env=environment, cwd=ROOT, check=False
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's store, loaded there in two steps, so that the second copies a generation."""
    folder = tmp_path_factory.mktemp("elsewhere") / "store"
    _run("load", ROOT / "examples" / "smolensk-2023-q1.docx", "--store", folder)
    return folder


@pytest.mark.parametrize("command", ["", *MODULES])
def test_every_help_text_is_shown(command: str) -> None:
    assert b"--lang" in _run(*([command] if command else []), "--help").stdout


def test_the_main_jobs_are_done(store: Path, tmp_path: Path) -> None:
    links = _run("query", "school-links", "--param", "city=Смоленск", "--param", "partner=Витебск", "--store", store)
    assert "Гимназия № 7" in links.stdout.decode()
    assert "Гимназия" in _run("search", "гимназия", "витебск", "--store", store).stdout.decode()
    _run("network", "institutions", "-o", tmp_path / "page.html", "--store", store)
    assert (tmp_path / "page.html").stat().st_size > 100_000
    assert _run("check", "--store", store).returncode == 0
    assert _run("gaps", EXAMPLE).stdout
    first = json.loads(_run("extract", EXAMPLE).stdout.splitlines()[0])
    assert first["row"] == 1


def test_a_second_load_and_the_ledger_work(store: Path, tmp_path: Path, example_directory: Path) -> None:
    _run("dump", "-o", tmp_path / "one.nq", "--store", store)
    _run("dump", "-o", tmp_path / "other.nq", "--store", example_directory)
    assert (tmp_path / "one.nq").read_bytes() == (tmp_path / "other.nq").read_bytes()
    _run("load", EXAMPLE, "--force", "--store", store)
    [found, *_] = json.loads(_run("search", "гимназия", "--format", "json", "--store", store).stdout)
    _run("review", "--rename", found["iri"], "Гимназия", "--store", store)
    assert "rename" in (store.parent / "decisions.tsv").read_text(encoding="utf-8")
    _run("repair", "--store", store)
    assert not list(store.glob(".lock*"))


def test_a_store_written_there_is_read_here_and_the_other_way_round(store: Path, example_directory: Path) -> None:
    assert len(GenerationStore(store).open()) == len(GenerationStore(example_directory).open())
    assert _run("query", "agreements", "--store", example_directory).stdout


def test_serve_says_in_a_sentence_what_it_needs(store: Path) -> None:
    for lang, word in (("ru", "Серверу нужна система Linux"), ("en", "The server needs Linux")):
        said = _run("serve", "--store", store, code=2, POBRATIM_LANG=lang).stderr.decode()
        assert word in said and said.count("\n") == 1


@pytest.mark.parametrize("page", ["cp1251", "cp866", "ascii"])
def test_what_is_written_into_files_is_utf8_whatever_the_code_page(store: Path, page: str) -> None:
    listed = _run("query", "--list", PYTHONIOENCODING=page, PYTHONUTF8="0").stdout.decode("utf-8")
    assert "school-links" in listed and "Город" in listed.title()
    said = _run("load", "нет такого.docx", "--store", store, code=3, PYTHONIOENCODING=page).stderr.decode("utf-8")
    assert "нет такого.docx" in said


def test_patterns_of_file_names_are_put_out_where_the_shell_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.docx", "b.docx", "b[1].docx", "c.pdf"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    assert expanded(["load", "*.docx", "none*.docx"]) == ["load", "a.docx", "b.docx", "b[1].docx", "none*.docx"]
    assert expanded(["b[1].docx", "SELECT * { ?s ?p ?o }", ""]) == ["b[1].docx", "SELECT * { ?s ?p ?o }", ""]
    assert expanded([str(tmp_path / "*.pdf")]) == [str(tmp_path / "c.pdf")]


def test_directories_are_not_synced_where_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_IS_WINDOWS", True)
    (tmp_path / "file").write_bytes(b"x")
    disk.sync_tree(tmp_path)
    disk.write_whole(tmp_path / "file", b"y", tmp_path / ".draft")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"y"}


def test_what_somebody_has_open_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_bytes(b"new")
    original, tries = Path.replace, []

    def held_twice(self: Path, target: Path) -> Path:
        tries.append(self)
        if len(tries) < 3:
            raise PermissionError(13, "in use")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", held_twice)
    with pytest.raises(PermissionError):
        disk.replace(tmp_path / "new", tmp_path / "old")
    monkeypatch.setattr(disk, "_IS_WINDOWS", True)
    disk.replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"new"


def test_a_generation_that_is_open_elsewhere_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "000001").mkdir()
    (tmp_path / "000001" / "file").touch()

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use", str(self), None, str(target))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", held)
        disk.discard(tmp_path / "000001", tmp_path / ".tmp-old")
    assert (tmp_path / "000001" / "file").exists()
    disk.discard(tmp_path / "000001", tmp_path / ".tmp-old")
    assert list(tmp_path.iterdir()) == []
