"""What is sent to CKAN: ours is made and kept up to date, others' is left alone; nothing is deleted.

The portal is a stand-in of the action API, once in place of the client, once behind HTTP; CKAN's own validation is
asked by ``tests/validators``.
"""

import copy
import json
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from ckanapi.errors import NotFound

from pobratim.cli import run
from pobratim.errors import UsageError
from pobratim.publishing.folder.archive import write_archive
from pobratim.publishing.folder.ckan import carry_out, packages_of, plan

CATALOGUE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://e.org/id/dataset/2024-q1> a dcat:Dataset ; dct:title "Связи"@ru, "Ties"@en ; dct:identifier "x" ;
  dcat:version "{version}" ; dcat:keyword "побратимы"@ru, "twins"@en ;
  dcat:distribution <https://e.org/id/distribution/2024-q1/events.csv> .
<https://e.org/id/distribution/2024-q1/events.csv> a dcat:Distribution ; dct:title "События, CSV"@ru ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ; dct:format <https://e.org/CSV> ; dcat:byteSize 12 ;
  dcat:mediaType <http://www.iana.org/assignments/media-types/text/csv> ;
  dcat:downloadURL <https://e.org/tables/{version}/events.csv> .
<https://e.org/CSV> rdfs:label "CSV" .
"""


class Portal:
    """A CKAN of one's own: packages by name, what was asked of it, and what it adds of its own."""

    def __init__(self) -> None:
        self.packages: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []

    def call_action(self, action: str, data_dict: Mapping[str, Any]) -> Any:
        self.asked.append(action)
        if action == "package_show":
            if data_dict["id"] not in self.packages:
                raise NotFound("there is no such package")
            return copy.deepcopy(self.packages[data_dict["id"]])
        assert action in ("package_create", "package_patch"), action
        former = next((one for one in self.packages.values() if one["id"] == data_dict.get("id")), {})
        package = copy.deepcopy({**former, **data_dict})
        package.setdefault("id", f"id-{package['name']}")
        package |= {"state": "active", "owner_org": "0f-uuid"}
        package.setdefault("organization", {"name": data_dict.get("owner_org")})
        for number, resource in enumerate(package["resources"]):
            resource.setdefault("id", f"resource-{number}")
        self.packages[package["name"]] = package
        return package


def _folder(path: Path, version: str) -> Path:
    path.mkdir(exist_ok=True)
    (path / "catalog.ttl").write_text(CATALOGUE.replace("{version}", version), encoding="utf-8")
    return path


def test_a_set_is_made_found_again_and_brought_up_to_date(tmp_path: Path) -> None:
    portal = Portal()
    [package] = packages_of(_folder(tmp_path / "site", "1.0.0"), "admin", "Ties")
    assert (package["name"], package["title"], package["license_id"]) == ("ties-2024-q1", "Связи", "cc-by")
    assert package["tags"] == [{"name": "побратимы"}]
    assert package["resources"][0]["mimetype"] == "text/csv" and package["resources"][0]["format"] == "CSV"
    [step] = carry_out(portal, plan(portal, [package]))
    assert step.doing == "create"
    assert [one.doing for one in plan(portal, [package])] == ["same"]
    later = packages_of(_folder(tmp_path / "site", "1.1.0"), "admin", "Ties")
    [step] = plan(portal, later)
    assert step.doing == "update"
    assert {field for field, _, _ in step.fields} == {"version", "resources"}
    list(carry_out(portal, [step]))
    assert portal.packages["ties-2024-q1"]["version"] == "1.1.0"
    assert portal.packages["ties-2024-q1"]["resources"][0]["id"] == "resource-0"


def test_a_dry_run_only_looks(tmp_path: Path) -> None:
    portal = Portal()
    plan(portal, packages_of(_folder(tmp_path / "site", "1.0.0"), "admin", "ties"))
    assert portal.asked == ["package_show"] and not portal.packages


def test_what_others_made_stays(tmp_path: Path) -> None:
    portal = Portal()
    packages = packages_of(_folder(tmp_path / "site", "1.0.0"), "admin", "ties")
    portal.packages["ties-2024-q1"] = {"id": "1", "name": "ties-2024-q1", "extras": [], "title": "Чужое"}
    [step] = carry_out(portal, plan(portal, packages))
    assert step.doing == "foreign" and portal.packages["ties-2024-q1"]["title"] == "Чужое"
    del portal.packages["ties-2024-q1"]
    list(carry_out(portal, plan(portal, packages)))
    portal.packages["ties-2024-q1"]["resources"].append({"id": "theirs", "name": "Обзор", "url": "https://o.org/a.pdf"})
    portal.packages["ties-2024-q1"]["extras"].append({"key": "curator", "value": "Музей"})
    portal.packages["ties-2024-q1"]["tags"].append({"name": "дружба"})
    portal.packages["ties-2024-q1"]["groups"] = [{"name": "culture"}]
    portal.packages["ties-2024-q1"]["resources"][0]["datastore_active"] = True
    assert [one.doing for one in plan(portal, packages)] == ["same"]
    later = packages_of(_folder(tmp_path / "site", "1.1.0"), "admin", "ties")
    list(carry_out(portal, plan(portal, later)))
    package = portal.packages["ties-2024-q1"]
    assert [one["id"] for one in package["resources"]] == ["resource-0", "theirs"]
    assert package["resources"][0]["datastore_active"] and package["groups"] == [{"name": "culture"}]
    assert {one["key"] for one in package["extras"]} == {"uri", "identifier", "curator"}
    assert {one["name"] for one in package["tags"]} == {"побратимы", "дружба"}
    assert not [action for action in portal.asked if "delete" in action or "purge" in action]


def test_keywords_are_tags_as_ckan_takes_them(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "site", "1.0.0")
    told = (
        (folder / "catalog.ttl").read_text(encoding="utf-8").replace('"побратимы"@ru', '"связи, «дружба»"@ru, "я"@ru')
    )
    (folder / "catalog.ttl").write_text(told, encoding="utf-8")
    assert packages_of(folder, "admin", "ties")[0]["tags"] == [{"name": "связи дружба"}]


@contextmanager
def _behind_http(portal: Portal, token: str) -> Iterator[str]:
    """Serve a portal as CKAN does: the action in the path, JSON in and out, errors by type."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            action = self.path.removeprefix("/data/api/action/")
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if action != "package_show" and self.headers["Authorization"] != token:
                self._answer(403, {"success": False, "error": {"__type": "Authorization Error", "message": "no"}})
                return
            try:
                self._answer(200, {"success": True, "result": portal.call_action(action, told)})
            except NotFound:
                self._answer(404, {"success": False, "error": {"__type": "Not Found Error", "message": "Not found"}})

        def _answer(self, status: int, told: object) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/data"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.slow
def test_the_command_looks_then_sends_and_tells_each_field(
    example_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    common = ["--store", str(example_directory), "--lang", "en"]
    assert run(["publish", "--init", *common]) == 0
    publish = ["publish", "site", "--example", *common]
    portal = Portal()
    with _behind_http(portal, "secret") as url:
        to = [url, "--to", "ckan", "--owner", "city"]
        assert run([*publish, *to, "--dry-run"]) == 2
        assert "Publish first" in capfd.readouterr().err
        assert run([*publish, *to]) == 2
        assert "POBRATIM_CKAN_TOKEN" in capfd.readouterr().err
        assert run([*publish, *to, "--dry-run"]) == 0
        out, err = capfd.readouterr()
        assert "create internationalties-all" in out and '  license_id: — → "cc-by"' in out and not portal.packages
        assert "would be created 2" in err
        monkeypatch.setenv("POBRATIM_CKAN_TOKEN", "wrong")
        assert run([*publish, *to]) == 2
        assert "refused" in capfd.readouterr().err and not portal.packages
        monkeypatch.setenv("POBRATIM_CKAN_TOKEN", "secret")
        assert run([*publish, *to]) == 0
        assert "created 2" in capfd.readouterr().err
        portal.packages["internationalties-all"]["version"] = "0.9"
        assert run([*publish, *to]) == 0
        out, err = capfd.readouterr()
        assert '\nupdate internationalties-all\n  version: "0.9" → "1.0.0"\n' in out
        assert "updated 1, the same 1" in err
        portal.packages["internationalties-all"]["extras"] = []
        assert run([*publish, *to]) == 1
    assert run([*publish, url, "--to", "ckan", "--owner", "city", "--dry-run"]) == 2
    assert "cannot be reached" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["site", "https://p.org"], "goes with --to ckan alone"),
        (["site", "--to", "ckan", "--owner", "x"], "which portal"),
        (["site", "p.org", "--to", "ckan", "--owner", "x"], "which portal"),
        (["site", "https://p.org", "--to", "ckan"], "which organisation"),
        (["site", "--dry-run"], "--dry-run goes with"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    arguments: list[str], told: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POBRATIM_CKAN_OWNER", raising=False)
    assert run(["publish", *arguments, "--lang", "en"]) == 2
    assert told in capfd.readouterr().err


def test_another_error_of_the_portal_is_told(tmp_path: Path) -> None:
    class Closed:
        def call_action(self, action: str, data_dict: Mapping[str, Any]) -> Any:
            raise PermissionError(action, data_dict)

    with pytest.raises(PermissionError):
        plan(Closed(), packages_of(_folder(tmp_path / "site", "1.0.0"), "admin", "ties"))


def test_a_folder_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="publish-nothing"):
        packages_of(tmp_path, "admin", "ties")


def test_an_archive_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "doc").mkdir(parents=True)
    (folder / "doc" / "a.ttl").write_text("<a> <b> <c> .")
    told = '"fingerprint":"","data":"","base":"","sets":{},"files":{"doc/a.ttl":[12,""]}'
    versions = '"versions":[{"number":"1.0.0","issued":"2026-11-30"}]'
    (folder / "publication.json").write_text(f'{{"format":1,{versions},{told}}}')
    (folder / "foreign.txt").write_text("no file of ours")
    for name in ("one.zip", "two.zip"):
        assert write_archive(folder, tmp_path / name) == 2
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["doc/a.ttl", "publication.json"]
    with pytest.raises(UsageError, match="publish-nothing"):
        write_archive(tmp_path / "new", tmp_path / "three.zip")
