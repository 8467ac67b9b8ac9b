"""The project as others get it: the lock, the settings, and what git tracks."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import hatch_build
from tests.support.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=~ ;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _locked(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {_name(line) for line in lines if re.match(r"[a-zA-Z]", line)}


def test_every_dependency_is_locked_with_hashes() -> None:
    wanted = {_name(item) for item in PROJECT["project"]["dependencies"]}
    assert wanted <= _locked("requirements.lock")
    development = {_name(item) for item in PROJECT["dependency-groups"]["dev"]}
    assert wanted | development <= _locked("requirements-dev.lock")


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_names_no_host(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text and "://" not in text


def test_every_dependency_has_a_range() -> None:
    assert all(">=" in item and ("<" in item) for item in PROJECT["project"]["dependencies"])


def test_nothing_of_third_parties_is_tracked() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    tracked = [Path(name) for name in listing.rstrip("\0").split("\0")]
    assert not [name for name in tracked if ".min." in name.name or {"vendor", "node_modules"} & set(name.parts)]


def test_the_lock_of_npm_packages_names_no_registry_and_every_hash() -> None:
    folder = ROOT / "viz"
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: facts for name, facts in lock["packages"].items() if name}
    assert not [name for name, facts in packages.items() if "resolved" in facts]
    assert not [name for name, facts in packages.items() if "integrity" not in facts]
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}.values()
    assert [version for version in versions if not re.fullmatch(r"[0-9]+(\.[0-9]+)+", version)] == []


def test_the_build_hook_is_part_of_a_source_distribution_and_its_sources_of_no_wheel() -> None:
    build = PROJECT["tool"]["hatch"]["build"]
    assert "custom" in build["hooks"] and (ROOT / "hatch_build.py").is_file()
    assert "/hatch_build.py" in build["targets"]["sdist"]["include"]
    excluded = set(build["targets"]["wheel"]["exclude"])
    made_of = {name.partition("/")[0] for name in hatch_build.inputs(ROOT)}
    assert excluded == {f"viz/{name}" for name in made_of - set(hatch_build.SHARED)}


def test_content_folders_are_all_in_the_wheel_settings() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    folders = {"ontology", "loaders", "queries", "viz"}
    assert folders <= set(wheel["include"])
    assert {wheel["sources"][folder] for folder in folders} == {f"pobratim/_content/{folder}" for folder in folders}
