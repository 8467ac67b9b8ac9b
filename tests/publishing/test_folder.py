"""What goes out: three versions of a folder, each file as it says, the old turned into the new, no link broken."""

import csv
import gzip
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from pyoxigraph import RdfFormat, Store, parse

from pobratim.messages import LANGUAGES
from pobratim.publishing.folder.links import links_of
from pobratim.rdf.terms import RDFS
from tests.publishing.conftest import BASE, PUBLIC, Releases
from tests.support.json_ld import triples_of

pytestmark = pytest.mark.slow
PARTS = ("data", "vocabulary", "links", "search")

_DELETED = "<https://www.w3.org/ns/activitystreams#Delete>"


def _told(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "publication.json").read_bytes())
    return found


def _lines(file: Path) -> list[bytes]:
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True) if file.is_file() else []


def _pages(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*.html")) if not file.name.startswith("404"))


def test_versions_count_up_by_what_changed(releases: Releases) -> None:
    assert [one.version.number for one in releases.told] == ["1.0.0", "1.1.0", "1.2.0"]
    assert releases.told[1].version.added > 0
    assert releases.told[2].version.removed > 0


def test_every_file_is_as_the_manifest_says_and_no_other_is_there(releases: Releases) -> None:
    for folder in (*releases.folders, releases.purged):
        files = _told(folder)["files"]
        assert isinstance(files, dict)
        there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert there == {*files, "publication.json"}
        for path, (size, digest) in files.items():
            content = (folder / path).read_bytes()
            assert (len(content), hashlib.sha256(content).hexdigest()) == (size, digest), path


def test_no_link_of_a_page_leads_nowhere(releases: Releases) -> None:
    folder, count = releases.folders[-1], 0
    for page in _pages(folder):
        for link in links_of(page.read_text(encoding="utf-8")):
            told = urlsplit(link)
            if told.scheme or not told.path:
                continue
            assert not link.startswith("/"), (page, link)
            target = Path(os.path.normpath(page.parent / unquote(told.path)))
            assert target.is_file() or (target / "index.html").is_file(), (page, link)
            count += 1
    assert count > 3000


def test_no_link_of_the_page_for_what_is_missing_leads_nowhere(releases: Releases) -> None:
    folder, root, count = releases.folders[-1], urlsplit(PUBLIC).path, 0
    pages = sorted(folder.glob("404*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in (*links_of(text), *re.findall(r'hreflang="[a-z]+" href="([^"]+)"', text)):
            path = unquote(urlsplit(link).path)
            if urlsplit(link).netloc in ("", urlsplit(PUBLIC).netloc) and path:
                assert path.startswith(f"{root}/"), (page, link)  # it is shown wherever somebody looked
                target = folder / path.removeprefix(f"{root}/")
                assert target.is_file() or (target / "index.html").is_file(), (page, link)
                count += 1
    assert len(pages) == 2 and count > 40


def test_whole_links_are_below_the_public_address_and_lead_to_files(releases: Releases) -> None:
    folder = releases.folders[-1]
    maps = [folder / name for name in re.findall(r"sitemap-\d+\.xml", (folder / "sitemap.xml").read_text())]
    found = [link for file in maps for link in re.findall("<loc>(.*?)</loc>", file.read_text(encoding="utf-8"))]
    assert len(found) == len(set(found)) > 200
    for link in found:
        path = folder / link.removeprefix(f"{PUBLIC}/")
        assert path.is_file() or (path / "index.html").is_file(), link
    robots = (folder / "robots.txt").read_text()
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in robots


def test_the_data_beside_a_page_parse_alike_in_both_forms(releases: Releases) -> None:
    folder = releases.folders[-1]
    turtles = sorted((folder / "doc").rglob("*.ttl"))
    assert len(turtles) > 40
    for file in turtles:
        data = file.with_suffix(".jsonld").read_bytes()
        assert json.loads(data)["@context"] == f"{PUBLIC}/context.jsonld"
        assert triples_of(file.read_bytes(), RdfFormat.TURTLE) == triples_of(data, RdfFormat.JSON_LD), file


def test_every_statement_about_a_thing_is_in_its_document(releases: Releases) -> None:
    folder = releases.folders[-1]
    number = releases.told[-1].version.number
    wanted: dict[str, set[str]] = {}
    for name in PARTS:
        for quad in parse(b"".join(_lines(folder / f"dumps/{number}/{name}.nq.gz")), format=RdfFormat.N_QUADS):
            subject = str(quad.subject)[1:-1]
            if subject.startswith(f"{BASE}/id/"):
                wanted.setdefault(subject, set()).add(str(quad.triple))
    for iri, triples in sorted(wanted.items()):
        kind, _, key = iri.removeprefix(f"{BASE}/id/").partition("/")
        file = folder / "doc" / kind / f"{key}.ttl"
        if file.is_file():
            assert triples <= {str(quad.triple) for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE)}, iri
    assert len(wanted) > 100


def test_dumps_are_sorted_and_trig_says_the_same(releases: Releases) -> None:
    folder = releases.folders[-1] / "dumps" / releases.told[-1].version.number
    sums = {
        name: digest for digest, name in (line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines())
    }
    for name in PARTS:
        packed = folder / f"{name}.nq.gz"
        lines = _lines(packed)
        assert lines and lines == sorted(lines), name
        assert sums[packed.name] == hashlib.sha256(packed.read_bytes()).hexdigest()
        one, other = Store(), Store()
        one.bulk_load(b"".join(lines), RdfFormat.N_QUADS)
        other.bulk_load(b"".join(_lines(folder / f"{name}.trig.gz")), RdfFormat.TRIG)
        assert set(one) == set(other), name


def test_added_and_removed_turn_the_old_dump_into_the_new_byte_for_byte(releases: Releases) -> None:
    for old, new in ((0, 1), (1, 2)):
        former, later = (releases.told[each].version.number for each in (old, new))
        changes = releases.folders[new] / "changes" / later
        count = 0
        for name in PARTS:
            lines = set(_lines(releases.folders[old] / f"dumps/{former}/{name}.nq.gz"))
            added, removed = (_lines(changes / f"{name}.{how}.nq.gz") for how in ("added", "removed"))
            assert set(removed) <= lines
            made = b"".join(sorted((lines - set(removed)) | set(added)))
            assert made == b"".join(_lines(releases.folders[new] / f"dumps/{later}/{name}.nq.gz")), name
            count += len(added) + len(removed)
        version = releases.told[new].version
        assert count == version.added + version.removed > 0


def test_old_dumps_tables_and_pages_of_the_stream_stay_as_they_were(releases: Releases) -> None:
    first, last = releases.folders[0], releases.folders[-1]
    kept = [*first.glob("dumps/1.0.0/*"), *first.glob("tables/1.0.0/**/*.csv"), *first.glob("ldes/1.0.0-*.ttl")]
    assert len(kept) > 10
    for file in kept:
        assert (last / file.relative_to(first)).read_bytes() == file.read_bytes()


def _objects(page: str, subject: str) -> dict[str, str]:
    """Return what a page of Turtle says of a thing, by property."""
    return {
        each.predicate.value: str(each.object)
        for each in parse(page, format=RdfFormat.TURTLE)
        if str(each.subject) == f"<{subject}>"
    }


def test_the_stream_creates_updates_and_deletes(releases: Releases) -> None:
    folder = releases.folders[-1]
    root = (folder / "ldes/index.ttl").read_text(encoding="utf-8")
    for page in folder.glob("ldes/1.*.ttl"):
        assert f"{PUBLIC}/ldes/{page.name}" in root
    last = (folder / "ldes/1.2.0-1.ttl").read_text(encoding="utf-8")
    assert _DELETED in _objects(last, f"{PUBLIC}/ldes/m/{releases.withdrawn}/1.2.0").values()
    assert "as:Create" in (folder / "ldes/1.1.0-1.ttl").read_text(encoding="utf-8")
    assert "as:Update" in last


def test_what_is_withdrawn_has_no_file_and_servers_say_so(releases: Releases) -> None:
    before, after = releases.folders[1], releases.folders[-1]
    assert (before / "doc" / f"{releases.withdrawn}.ttl").is_file()
    assert not (after / "doc" / f"{releases.withdrawn}.ttl").exists()
    assert not (after / "doc" / releases.withdrawn).exists()
    path = re.escape(f"id/{releases.withdrawn}")
    assert f"RewriteRule ^{path}$ - [G,L]" in (after / "rules/w3id.htaccess").read_text()
    assert f"RewriteRule ^{path}$ - [G,L]" in (after / ".htaccess").read_text()
    assert f'"^/portal/{path}$" {{ return 410; }}' in (after / "rules/nginx.conf").read_text()


def _every_byte(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        if file.suffix in (".zip", ".xlsx"):
            with zipfile.ZipFile(file) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        yield file.relative_to(folder), gzip.decompress(content) if file.suffix == ".gz" else content


def test_a_purge_leaves_nothing_of_what_was_withdrawn_but_that_it_is_gone(releases: Releases) -> None:
    kind, key = map(re.escape, releases.withdrawn.split("/"))
    said = re.compile(rf"(?:{re.escape(BASE)}/id/|id:){kind}\\?/{key}(?![a-z0-9/\\-])".encode())
    holding = {path.parts[0] for path, content in _every_byte(releases.folders[-1]) if said.search(content)}
    assert {"dumps", "changes", "ldes"} <= holding and releases.told[-1].has_former
    left = {path.as_posix() for path, content in _every_byte(releases.purged) if said.search(content)}
    assert left == {"ldes/1.2.1-1.ttl"}
    page = (releases.purged / "ldes/1.2.1-1.ttl").read_text(encoding="utf-8")
    gone = _objects(page, f"{PUBLIC}/ldes/m/{releases.withdrawn}/1.2.1")
    assert _DELETED in gone.values() and RDFS.label.value not in gone


def test_a_purge_keeps_numbers_and_days_and_the_folder_whole(releases: Releases) -> None:
    told = releases.told_of_purge
    assert (told.version.number, told.is_new, told.has_former) == ("1.2.1", True, False)
    assert [path.name for path in (releases.purged / "dumps").iterdir()] == ["1.2.1"]
    assert "1.0.0" in (releases.purged / "changes/index.html").read_text(encoding="utf-8")
    assert '"2026-11-01"^^xsd:date' in (releases.purged / "catalog.ttl").read_text(encoding="utf-8")
    last = _lines(releases.folders[-1] / "dumps/1.2.0/data.nq.gz")
    assert _lines(releases.purged / "dumps/1.2.1/data.nq.gz") == last


def test_the_passport_is_of_its_form_and_says_what_the_catalogue_says(releases: Releases) -> None:
    folder = releases.folders[-1]
    listed = list(csv.reader(io.StringIO((folder / "opendata/list.csv").read_bytes().decode(), newline="")))
    assert listed[:2] == [
        ["property", "title", "value", "format"],
        ["standardversion", "Версия методических рекомендаций", "http://opendata.gosmonitor.ru/standard/3.0", ""],
    ]
    [name, title, address, form] = listed[2]
    meta_file = folder / address.removeprefix(f"{PUBLIC}/")
    meta = list(csv.reader(io.StringIO(meta_file.read_bytes().decode(), newline="")))
    values = dict(meta[1:])
    catalogue = (folder / "catalog.ttl").read_text(encoding="utf-8")
    assert form == "csv" and values["identifier"] == name == meta_file.parent.name
    assert title == values["title"] == releases.publication.title["ru"] and f'"{title}"@ru' in catalogue
    assert f'"{values["description"]}"@ru' in catalogue
    assert f'"{values["creator"]}"@ru' in catalogue and f"mailto:{values['publishermbox']}" in catalogue
    assert values["created"] == "20261101" and values["modified"] == "20261130" < values["valid"]
    assert '"2026-11-01"^^xsd:date' in catalogue and '"2026-11-30"^^xsd:date' in catalogue
    data = [row for row in meta if row[0].startswith("data-")]
    assert [row[0] for row in data] == sorted((row[0] for row in data), reverse=True) and len(data) == 3
    for row in (row for row in meta if row[0].startswith(("data-", "structure-"))):
        assert (folder / row[1].removeprefix(f"{PUBLIC}/")).is_file(), row
    structure = folder / dict(meta)[next(row[0] for row in meta if row[0].startswith("structure-"))].removeprefix(
        PUBLIC + "/"
    )
    fields = [row["field name"] for row in csv.DictReader(io.StringIO(structure.read_bytes().decode(), newline=""))]
    newest = folder / data[0][1].removeprefix(f"{PUBLIC}/")
    assert newest.read_bytes().decode().partition("\r\n")[0] == ",".join(fields)
    with zipfile.ZipFile(folder / f"opendata/{name}.zip") as archive:
        assert {"list.csv", f"{name}/meta.csv", *(f"{name}/{row[0]}.csv" for row in data)} <= set(archive.namelist())
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_texts_of_reports_stay_texts(releases: Releases) -> None:
    page = next(
        file
        for file in _pages(releases.folders[0])
        if "«Дружба»" in (text := file.read_text(encoding="utf-8")) and "<h1" in text
    )
    assert "<b>вторая</b>" not in page.read_text(encoding="utf-8")
    with (releases.folders[0] / "tables/1.0.0/events.csv").open(encoding="utf-8", newline="") as rows:
        assert "=СУММ(A1)" in {row["title"] for row in csv.DictReader(rows)}


def _structured(page: Path) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found, page
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_the_catalogue_tells_search_engines_of_data_sets_with_all_their_files(releases: Releases) -> None:
    folder = releases.folders[-1]
    for lang in LANGUAGES:
        page = "catalog/index.html" if lang == "ru" else "catalog/index.en.html"
        catalogue, *sets = _structured(folder / page)["@graph"]
        assert catalogue["@type"] == "DataCatalog" and len(catalogue["dataset"]) == len(sets) == 2
        for one in sets:
            assert one["@type"] == "Dataset" and 50 <= len(one["description"]) <= 5_000
            wanted = {
                "name",
                "creator",
                "license",
                "version",
                "temporalCoverage",
                "keywords",
                "publisher",
                "identifier",
            }
            assert wanted <= set(one) and one["spatialCoverage"]["name"] and one["inLanguage"] == ["ru", "en"]
            assert one["creator"]["name"] == releases.publication.publisher.name[lang]
            for file in one["distribution"]:
                path = folder / file["contentUrl"].removeprefix(f"{PUBLIC}/")
                assert file["contentSize"] == f"{path.stat().st_size} B" and "/" in file["encodingFormat"]
        assert sets[1].get("isPartOf") or sets[0].get("isPartOf")
    south, west, north, east = map(float, sets[0]["spatialCoverage"]["geo"]["box"].split())
    assert 50 < south <= north < 60 and 30 < west <= east < 36


def test_pages_tell_search_engines_what_they_are_about(releases: Releases) -> None:
    doc = releases.folders[-1] / "doc"
    event = _structured(next(iter(sorted(doc.glob("activity/*meeting*/index.html")))))
    assert event["@type"] == "Event" and event["startDate"].startswith("2024-03") and event["location"][0]["name"]
    gone = releases.merged[0].rpartition("/")[2]
    for page in [each for each in sorted(doc.glob("organisation/ru-*/index.html")) if each.parent.name != gone][:2]:
        told = _structured(page)
        assert told["@type"] == "Organization" and told["url"].startswith(f"{PUBLIC}/doc/organisation/")
        assert {each["@type"] for each in told["location"]} >= {"Place"}
    for lang, name in (("ru_RU", "index.html"), ("en_GB", "index.en.html")):
        html = (doc / "place/by-minsk" / name).read_text(encoding="utf-8")
        said = dict(re.findall(r'<meta property="og:([a-z_]+)" content="([^"]*)">', html))
        assert said["locale"] == lang and said["url"].startswith(f"{PUBLIC}/doc/place/by-minsk")
        assert f"<title>{said['title']}</title>" in html and len(said["description"]) > 10
    [place] = [_structured(page) for page in doc.glob("place/by-minsk/index.html")]
    assert place["geo"]["@type"] == "GeoCoordinates" and place["containedInPlace"]
