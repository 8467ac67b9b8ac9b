"""The workbench's words, page and build: what can be told without a browser."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import hatch_build
from pobratim.messages import LANGUAGES, Language, texts
from pobratim.query.library import library, queries_root
from tests.support.places import ROOT
from tests.support.web_pages import written_scripts
from tests.support.workbench_server import page_html

SOURCES = ROOT / "viz" / "workbench" / "src"
STRINGS = {lang: texts("workbench", lang, "words", "counted") for lang in LANGUAGES}


def _code() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(SOURCES.rglob("*.ts")))


def test_every_word_that_the_scripts_ask_for_exists() -> None:
    code = _code()
    asked = set(re.findall(r'\bt\("(\w+)"', code)) | set(re.findall(r'counted\([^)]*?, "(\w+)"\)', code))
    asked |= {
        word for pair in re.findall(r'ValueError\("(\w+)"\)|unfit\([^,]+, "(\w+)"\)', code) for word in pair if word
    }
    assert len(asked) > 60
    assert asked <= STRINGS["ru"].keys()


def test_every_word_is_asked_for() -> None:
    code, page = _code(), (ROOT / "viz" / "pages" / "workbench.html").read_text(encoding="utf-8")
    families = ("tag_", "kind_")
    alone = [key for key in STRINGS["ru"] if not key.startswith(families)]
    assert [key for key in alone if f'"{key}"' not in code and f"strings.{key}" not in page] == []


def test_every_tag_of_a_question_has_a_name() -> None:
    queries = [*library(queries_root()).values(), *library(queries_root(), "views").values()]
    tags = {f"tag_{tag}" for query in queries for tag in query.tags}
    assert tags - {"tag_schools"} <= STRINGS["ru"].keys()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_page_names_only_this_server(lang: Language) -> None:
    page = page_html(lang, "/prefix")
    assert re.findall(r'(?:src|href)="(?!(?:http://127\.0\.0\.1)?/prefix/|#content)([^"]*)"', page) == []
    assert f'<html lang="{lang}">' in page


def test_a_page_without_the_built_editor_says_how_to_build_it() -> None:
    page = page_html("ru", "", built=False)
    assert "make app" in page and "/sparql" in page and written_scripts(page) == [] and "workbench.js" not in page


def test_strings_cannot_end_the_script_that_holds_them() -> None:
    data = page_html("ru", "").split('id="page">')[1].split("</script>")[0]
    assert "<" not in data


def _copy(folder: Path) -> Path:
    for name in hatch_build.inputs(ROOT):
        (folder / "viz" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "viz" / name, folder / "viz" / name)
    return folder


def test_the_stamp_changes_with_every_source_and_with_nothing_else(tmp_path: Path) -> None:
    root = _copy(tmp_path)
    before = hatch_build.digest(root)
    for folder in ("app", "kit", "workbench"):
        (root / "viz" / folder / "test").mkdir(parents=True)
        (root / "viz" / folder / "test" / "more.test.ts").write_text("", encoding="utf-8")
    assert hatch_build.digest(root) == before == hatch_build.digest(ROOT)
    for name in ("app/main.ts", "workbench/src/main.ts", "kit/dom.ts", "package-lock.json"):
        with (root / "viz" / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        changed = hatch_build.digest(root)
        assert changed != before
        before = changed


def test_only_what_was_made_of_these_sources_is_fresh(tmp_path: Path) -> None:
    root = _copy(tmp_path)
    assert not hatch_build.is_fresh(root)
    stamp = root / hatch_build.OUTPUT / hatch_build.STAMP
    stamp.parent.mkdir(parents=True)
    stamp.write_text(hatch_build.digest(root) + "\n", encoding="utf-8")
    assert hatch_build.is_fresh(root)
    (root / "viz" / "kit" / "new.ts").write_text("", encoding="utf-8")
    assert not hatch_build.is_fresh(root)


def test_a_failed_build_says_why_and_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _copy(tmp_path)
    output = root / hatch_build.OUTPUT / "app.js"
    output.parent.mkdir(parents=True)
    output.write_text("old", encoding="utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("node", "npm"):
        (tools / name).write_text("#!/bin/sh\necho 'no registry' >&2\nexit 1\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("POBRATIM_NODE", "system")
    monkeypatch.setenv("PATH", str(tools))
    with pytest.raises(hatch_build.BuildError, match="no registry"):
        hatch_build.build(root)
    assert output.read_text(encoding="utf-8") == "old"


def test_a_build_takes_the_place_of_the_last_one_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, output = tmp_path / "made", tmp_path / "static" / "workbench"
    for folder, name in ((made, "new.js"), (output, "old.js")):
        folder.mkdir(parents=True)
        (folder / name).touch()

    def breaking_off(source: Path, target: Path) -> None:
        target.mkdir()
        shutil.copy(source / "new.js", target)
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copytree", breaking_off)
        with pytest.raises(OSError, match="no space"):
            hatch_build.put(made, output)
    assert [path.relative_to(output.parent).as_posix() for path in output.parent.rglob("*.js")] == ["workbench/old.js"]
    hatch_build.put(made, output)
    assert [path.relative_to(output.parent).as_posix() for path in output.parent.rglob("*.js")] == ["workbench/new.js"]


class _App:
    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, text: str) -> None:
        self.warnings.append(text)


def _hook(root: Path) -> tuple[hatch_build.AppHook, _App]:
    hook, app = object.__new__(hatch_build.AppHook), _App()
    vars(hook).update(root=str(root), app=app)
    return hook, app


@pytest.mark.parametrize("version", ["editable", "standard"])
def test_an_installation_goes_on_with_one_warning_unless_the_workbench_is_required(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.delenv("POBRATIM_APP", raising=False)
    monkeypatch.setenv("POBRATIM_NODE", "system")
    monkeypatch.setenv("PATH", str(tmp_path))
    hook, app = _hook(_copy(tmp_path))
    data: dict[str, Any] = {"artifacts": []}
    monkeypatch.setattr(hatch_build, "TERMINAL", tmp_path / "none" / "tty")
    hook.initialize(version, data)
    [warning] = app.warnings
    assert "no node and npm" in warning and "make app" in warning and "редактор запросов" in warning
    assert data["artifacts"] == ["/viz/static/**"]
    monkeypatch.setenv("POBRATIM_APP", "required")
    with pytest.raises(RuntimeError, match="no node and npm"):
        hook.initialize(version, data)


def test_the_warning_reaches_a_terminal_that_pip_keeps_the_build_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_build, "TERMINAL", tmp_path / "tty")
    monkeypatch.delenv("MAKELEVEL", raising=False)
    app = _App()
    hatch_build.warn(app, "не собран")
    assert (tmp_path / "tty").read_text(encoding="utf-8") == "\nне собран\n" and app.warnings == []
    monkeypatch.setenv("MAKELEVEL", "1")
    hatch_build.warn(app, "не собран")
    assert app.warnings == ["не собран"]


def test_the_waits_that_npm_is_told_are_in_order() -> None:
    flags = dict(flag.removeprefix("--").split("=") for flag in hatch_build.IMPATIENT)
    waits = {name: int(value) for name, value in flags.items()}
    # npm refuses a shortest wait above the longest, and its own shortest is 10 s: both must be told.
    assert 0 < waits["fetch-retry-mintimeout"] <= waits["fetch-retry-maxtimeout"] <= waits["fetch-timeout"]
    again = waits["fetch-retries"]
    assert (again + 1) * waits["fetch-timeout"] + again * waits["fetch-retry-maxtimeout"] < 120_000


def test_node_is_asked_for_only_where_something_is_to_be_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POBRATIM_NODE", raising=False)
    monkeypatch.delenv("POBRATIM_APP", raising=False)
    root = _copy(tmp_path)
    hook, _ = _hook(root)
    assert hook.dependencies() == [hatch_build.NODE]
    stamp = root / hatch_build.OUTPUT / hatch_build.STAMP
    stamp.parent.mkdir(parents=True)
    stamp.write_text(hatch_build.digest(root), encoding="utf-8")
    assert hook.dependencies() == []


def test_git_knows_the_sources_and_not_what_is_made_of_them() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    ignored = ["viz/static/workbench/workbench.js", "viz/node_modules/vite/package.json"]
    told = subprocess.run(["git", "check-ignore", *ignored], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ignored
