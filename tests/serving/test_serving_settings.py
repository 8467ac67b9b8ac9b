"""Settings of the server: where they come from, what is refused, and that documents and examples tell the truth."""

import json
import re
import shlex
import shutil
import subprocess
from dataclasses import fields, replace
from pathlib import Path

import pytest

from pobratim.errors import UsageError
from pobratim.serving.settings import Limits, ServerSettings, read_settings
from tests.support.places import ROOT

DEPLOY = ROOT / "deploy"


def _file(folder: Path, text: str) -> Path:
    file = folder / "pobratim.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(None, {}) == ServerSettings()


def test_the_file_of_the_folder_is_read_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _file(
        tmp_path,
        '[server]\nport = 1\nhost = "::1"\n[server.limits]\nseconds = 3\n[server.services]\n"urn:a" = "http://a/"\n',
    )
    environment = {"POBRATIM_PORT": "2", "POBRATIM_LIMIT_DEPTH": "9", "POBRATIM_LIMIT_LONG_AFTER": "0.5"}
    found = read_settings(None, environment)
    assert (found.port, found.host, found.services) == (2, "::1", {"urn:a": "http://a/"})
    assert found.limits == replace(Limits(), seconds=3.0, depth=9, long_after=0.5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[server", "settings-unreadable"),
        ("[serve]", "settings-key"),
        ("[server]\nprot = 1", "settings-key"),
        ("[server.limits]\nsecond = 1", "settings-key"),
        ('[server]\nport = "80"', "settings-value"),
        ("[server]\nport = true", "settings-value"),
        ("[server]\nport = 1.5", "settings-value"),
        ("[server]\nlimits = 5", "settings-value"),
        ("[server.services]\na = 1", "settings-value"),
        ('[server]\nlog_format = "xml"', "settings-value"),
        ('[server]\nlog_requests = "some"', "settings-value"),
        ('[server]\nbase = "https://data.example.org/"', "settings-value"),
        ('[server]\nbase = "data.example.org"', "settings-value"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings(_file(tmp_path, text), {})
    assert caught.value.code == code


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="settings-unreadable"):
        read_settings(tmp_path / "none.toml", {})


def test_a_number_in_the_environment_must_be_one() -> None:
    with pytest.raises(UsageError) as caught:
        read_settings(DEPLOY / "pobratim.toml", {"POBRATIM_PORT": "http"})
    assert caught.value.values["key"] == "POBRATIM_PORT"


def test_the_example_of_a_file_gives_the_defaults() -> None:
    assert read_settings(DEPLOY / "pobratim.toml", {}) == ServerSettings()


@pytest.mark.parametrize("name", ["server.md", "server.ru.md"])
def test_every_setting_is_documented_with_its_variable_and_default(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `([^`]*)` \| (.+) \|$", text, re.M)
    told = {(key, variable, default) for key, variable, default, words in rows if words.strip()}
    wanted = {_row(ServerSettings(), each.name, "POBRATIM_") for each in fields(ServerSettings)}
    wanted |= {_row(Limits(), each.name, "POBRATIM_LIMIT_") for each in fields(Limits)}
    own_tables = {row for row in wanted if row[0] in ("limits", "services", "editors")}
    assert told == wanted - own_tables
    assert all(f"### `[server.{key}]`" in text for key, _, _ in own_tables)


def _row(settings: ServerSettings | Limits, key: str, prefix: str) -> tuple[str, str, str]:
    value = getattr(settings, key)
    return key, prefix + key.upper(), '""' if value == "" else str(value)


@pytest.mark.parametrize("name", ["server.md", "server.ru.md"])
def test_the_document_names_every_metric_and_every_file_that_it_tells_of(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    source = (ROOT / "src" / "pobratim" / "serving" / "operation" / "metrics.py").read_text(encoding="utf-8")
    metrics = set(re.findall(r'"(pobratim_\w+)"', source))
    assert len(metrics) > 8 and all(metric in text for metric in metrics)
    for file in re.findall(r"deploy/[\w.]+\w", text):
        assert (ROOT / file).is_file()


def test_the_unit_takes_no_rights_and_starts_the_server_as_it_is_started_by_hand() -> None:
    lines = (DEPLOY / "pobratim.service").read_text(encoding="utf-8").splitlines()
    assert {"DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= set(lines)
    assert any(line.startswith("MemoryMax=") for line in lines)
    [command] = [line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart=")]
    assert shlex.split(command)[:3] == ["/opt/pobratim/bin/pobratim", "serve", "--store"]


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze")
    text = (DEPLOY / "pobratim.service").read_text(encoding="utf-8")
    unit = tmp_path / "pobratim.service"
    unit.write_text(text.replace("/opt/pobratim/bin/pobratim", shutil.which("true") or "/bin/true"), encoding="utf-8")
    result = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True)
    assert result.returncode == 0 and result.stdout + result.stderr == ""


def test_the_containerfile_builds_from_the_wheel_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", " ", text)
    steps = [line.partition(" ")[::2] for line in joined.splitlines() if line and not line.startswith("#")]
    known = {
        "FROM",
        "WORKDIR",
        "COPY",
        "RUN",
        "ENV",
        "USER",
        "VOLUME",
        "EXPOSE",
        "STOPSIGNAL",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }
    assert {name for name, _ in steps} <= known and steps[0][0] == "FROM"
    assert [words for name, words in steps if name == "USER"] == ["10001:10001"]
    assert json.loads(dict(steps)["ENTRYPOINT"]) == ["pobratim"] and json.loads(dict(steps)["CMD"])[0] == "serve"
    check = json.loads(dict(steps)["HEALTHCHECK"].partition("CMD ")[2])
    compile(check[2], "HEALTHCHECK", "exec")
    for source in [words.split()[0] for name, words in steps if name == "COPY" and "--from" not in words]:
        assert source == "dist/*.whl" or (ROOT / source).is_file()
