"""The server gives the catalogue of a published folder in the form that is asked for, and the files that it lists."""

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.serving.api import catalogue
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError

FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}


def _get(folder: str, path: str, accept: str = "") -> httpx.Response:
    settings = ServerSettings(published=folder, public_url="http://portal.test")
    engine = cast(Engine, SimpleNamespace(settings=settings, served=SimpleNamespace(base=DEFAULT_BASE, tag="1")))

    async def refused(request: Request, error: Exception) -> Response:
        del request
        return Response(status_code=cast(RefusedError, error).status)

    app = Starlette(routes=catalogue.routes(engine), exception_handlers={RefusedError: refused})

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://portal.test") as client:
            return await client.get(path, headers={"Accept": accept} if accept else {})

    return asyncio.run(ask())


@pytest.fixture
def folder(tmp_path: Path) -> str:
    for name in FORMS:
        (tmp_path / f"catalog.{name}").write_text(f"каталог {name}", encoding="utf-8")
    return str(tmp_path)


@pytest.mark.parametrize("name", FORMS)
def test_the_bytes_of_the_folder_are_sent_by_accept_and_by_ending(folder: str, name: str) -> None:
    for answer in (_get(folder, "/catalog", FORMS[name]), _get(folder, f"/catalog.{name}")):
        assert answer.status_code == 200
        assert answer.text == f"каталог {name}"
        assert answer.headers["content-type"].startswith(FORMS[name])
        assert answer.headers["content-location"] == f"/catalog.{name}"


def test_who_accepts_anything_gets_turtle_and_who_wants_a_picture_nothing(folder: str) -> None:
    assert _get(folder, "/catalog", "*/*").text == "каталог ttl"
    assert _get(folder, "/catalog", "image/png").status_code == 406
    assert _get(folder, "/catalog.exe").status_code == 404
    assert _get(folder, "/.well-known/dcat").headers["location"] == "/catalog"


def test_files_that_the_publication_lists_are_sent_and_no_others(folder: str) -> None:
    root = Path(folder)
    (root / "dumps" / "1.0.0").mkdir(parents=True)
    (root / "tables" / "1.0.0").mkdir(parents=True)
    (root / "dumps/1.0.0/data.nq.gz").write_bytes(b"packed")
    (root / "tables/1.0.0/events.csv").write_text("id\n", encoding="utf-8")
    (root / "dumps/1.0.0/secret.txt").write_text("mine", encoding="utf-8")
    versions = [{"number": "1.0.0", "issued": "2026-11-30"}]
    files = {"dumps/1.0.0/data.nq.gz": [6, "aa"], "tables/1.0.0/events.csv": [3, "bb"], "changes/gone.gz": [1, "cc"]}
    told = {"format": 1, "fingerprint": "", "data": "", "base": "", "sets": {}, "versions": versions, "files": files}
    (root / "publication.json").write_text(json.dumps(told), encoding="utf-8")
    dump = _get(folder, "/dumps/1.0.0/data.nq.gz")
    assert (dump.content, dump.headers["content-type"], dump.headers["etag"]) == (b"packed", "application/gzip", '"aa"')
    assert _get(folder, "/tables/1.0.0/events.csv").headers["content-type"] == "text/csv; charset=utf-8"
    for path in ("/dumps/1.0.0/secret.txt", "/changes/gone.gz", "/dumps/../publication.json", "/dumps/", "/ldes/1.ttl"):
        assert _get(folder, path).status_code == 404, path


def test_without_a_published_folder_there_is_no_catalogue(tmp_path: Path) -> None:
    assert _get("", "/catalog").status_code == 404
    assert _get(str(tmp_path), "/catalog").status_code == 404
