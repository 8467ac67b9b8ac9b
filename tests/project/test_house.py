"""The house keeps its order: rooms by step, few loose files, modules and functions of a size that a person reads."""

import ast
import re
import tomllib
from pathlib import Path
from statistics import median

import pytest

from tests.support.places import ROOT, TESTS

PACKAGE = ROOT / "src" / "pobratim"
ROOMS = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file())
LOOSE = sorted(file.stem for file in PACKAGE.glob("*.py") if not file.stem.startswith("__"))
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LOOSE, MOST_LAYERS = 10, 28
MEDIAN_LINES, MOST_LINES, MOST_OF_A_FUNCTION = 100, 400, 50


def _layers() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers: list[str] = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return layers


def test_few_files_lie_loose() -> None:
    assert len(LOOSE) <= MOST_LOOSE


def test_the_contract_is_read_on_one_screen_and_leaves_no_room_out() -> None:
    layers = _layers()
    named = {part.strip().split(".")[1] for layer in layers for part in layer.split("|")}
    assert len(layers) <= MOST_LAYERS and named == {*ROOMS, *LOOSE}


def test_the_map_names_every_room() -> None:
    shown = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [name for name in ROOMS if f"`{name}/`" not in shown] == []
    assert [name for name in LOOSE if f"`{name}.py`" not in shown] == []


def test_the_map_names_no_file_that_is_not_there() -> None:
    shown = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    there = {file.relative_to(ROOT).as_posix() for file in [*ROOT.glob("*.py"), *MODULES]}
    named = re.findall(r"`([a-z_/]+\.py)`", shown)
    assert [name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in there)] == []


def test_modules_are_small() -> None:
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in MODULES}
    assert median(lines.values()) <= MEDIAN_LINES
    assert [file.name for file, count in lines.items() if count > MOST_LINES] == []


@pytest.mark.parametrize("room", [*ROOMS, "loose"])
def test_functions_are_small(room: str) -> None:
    files = PACKAGE.glob("*.py") if room == "loose" else (PACKAGE / room).rglob("*.py")
    long = [
        f"{file.name}:{node.name}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_OF_A_FUNCTION
    ]
    assert long == []


def test_tests_lie_in_rooms() -> None:
    others = {"support", "fixtures", "gold", "clients", "project", "__pycache__"}
    assert {folder.name for folder in TESTS.iterdir() if folder.is_dir()} - others <= set(ROOMS)
    assert [file.name for file in TESTS.glob("test_*.py")] == []


def test_the_helpers_of_tests_are_used() -> None:
    text = "\n".join(
        file.read_text(encoding="utf-8") for file in [*TESTS.rglob("*.py"), *(ROOT / "bench").glob("*.py")]
    )
    helpers = [file.stem for file in (TESTS / "support").glob("*.py") if file.stem != "__init__"]
    assert [name for name in helpers if not re.search(rf"tests\.support(?:\.| import .*){name}\b", text)] == []


def test_what_contributors_are_told_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(
        r"`((?:tests|tools|ontology|viz|queries|loaders)/[\w./-]+\.(?:py|ttl|tsv|yml|json|md|js))`", text
    )
    assert len(paths) > 10
    assert [path for path in paths if not Path(ROOT, path).is_file()] == []
