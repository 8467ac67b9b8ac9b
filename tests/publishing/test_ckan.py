"""What is sent to CKAN: ours is made and kept up to date, others' is left alone; nothing is deleted."""

import copy
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

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
  dct:license <https://e.org/licence> ; dct:format <https://e.org/CSV> ; dcat:byteSize 12 ;
  dcat:mediaType <http://www.iana.org/assignments/media-types/text/csv> ;
  dcat:downloadURL <https://e.org/tables/{version}/events.csv> .
<https://e.org/CSV> rdfs:label "CSV" . <https://e.org/licence> dct:title "Creative Commons Attribution"@en .
"""


class NotFound(Exception):  # noqa: N818 -- as ckanapi calls it
    """There is no such package."""


class Portal:
    """A CKAN of one's own: packages by name, what was asked of it, and what it adds of its own."""

    def __init__(self) -> None:
        self.packages: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []

    def call_action(self, action: str, data_dict: Mapping[str, Any]) -> Any:
        self.asked.append(action)
        if action == "package_show":
            if data_dict["id"] not in self.packages:
                raise NotFound
            return copy.deepcopy(self.packages[data_dict["id"]])
        package = copy.deepcopy(dict(data_dict))
        package.setdefault("id", f"id-{package['name']}")
        package |= {"state": "active", "organization": {"name": package["owner_org"]}, "owner_org": "0f-uuid"}
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
    later = packages_of(_folder(tmp_path / "site", "1.1.0"), "admin", "ties")
    list(carry_out(portal, plan(portal, later)))
    assert [one["id"] for one in portal.packages["ties-2024-q1"]["resources"]] == ["resource-0", "theirs"]
    assert not [action for action in portal.asked if "delete" in action or "purge" in action]


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
