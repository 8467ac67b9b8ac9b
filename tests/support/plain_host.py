"""Pages and the explorer's files in a folder, and the plain file server of the standard library that gives them."""

import asyncio
import re
import threading
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

from pobratim.content import content_root
from pobratim.explore import index_of
from pobratim.messages import Language
from pobratim.publishing.explorer import Gated, explorer_files, made_pages
from pobratim.site.addresses import Addresses
from pobratim.site.areas import area_path
from pobratim.site.asking import DataSet
from pobratim.site.kinds import page_at
from pobratim.site.page import Page, Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.directory import GenerationStore
from pobratim.templating.styles import stylesheet

BASE = "https://w3id.org/pobratim"
ROOT = "/prefix"
NAMES: dict[Language, str] = {"ru": "index.html", "en": "index.en.html"}
_Made = TypeVar("_Made")


def done(making: Coroutine[Any, Any, _Made]) -> _Made:
    """Return what a coroutine makes; a browser that is driven has the loop of this thread."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(making)).result()


def document_of(iri: str) -> str:
    """Return the folder of the page about an IRI."""
    return f"doc/{area_path(iri) or iri.partition('/id/')[2]}"


def write_site(store: GenerationStore, folder: Path, paths: Iterable[str]) -> None:
    """Write the files of a store, and the pages that a server has at some paths, into a folder."""
    reader = store.open()
    for name, content in explorer_files(Gated(index_of(reader), reader, store.graph_files(), document_of)):
        _put(folder / name, content)
    viz = content_root() / "viz"
    _put(folder / "static" / "pages.css", stylesheet().encode())
    _put(folder / "static" / "favicon.svg", (viz / "favicon.svg").read_bytes())
    for file in (viz / "static" / "app").rglob("*"):
        if file.is_file():
            _put(folder / "static" / "app" / file.relative_to(viz / "static" / "app"), file.read_bytes())
    asker = ReaderAsker(reader, DataSet("folder", BASE))
    for lang in NAMES:
        for path, page in made_pages().items():
            visit = _visit(f"/{path}", lang)
            _write(folder, path, Page(page.template, page.values(lang)), visit)
        for path in paths:
            visit = _visit(path, lang)
            page_of_path = done(page_at(asker, visit))
            assert page_of_path is not None, path
            _write(folder, path.strip("/"), page_of_path, visit)


def _visit(path: str, lang: Language) -> Visit:
    return Visit(lang, Addresses(BASE, f"https://example.org{ROOT}"), path, (), is_chosen=False, file=NAMES[lang])


def _write(folder: Path, path: str, page: Page, visit: Visit) -> None:
    up = "../" * (len(path.split("/")) if path else 0)

    def linked(found: re.Match[str]) -> str:
        link = found[1].partition("?v=")[0]
        is_page = not link.startswith(("static/", "explore/"))
        return f'"{up}{link}"' if not is_page else f'"{up}{link.rstrip("/")}/{NAMES[visit.lang]}"'

    html = re.sub(rf'"{ROOT}/([^"<>]*)"', linked, render(page, visit))
    _put(folder / path / NAMES[visit.lang], html.encode())


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


@dataclass
class Host:
    """A running file server: where its folder begins, and what it had not."""

    url: str
    missing: list[str] = field(default_factory=list)


@contextmanager
def plain_host(folder: Path) -> Iterator[Host]:
    """Serve a folder as ``python -m http.server`` does, on this machine alone."""
    host = Host("")

    class Handler(SimpleHTTPRequestHandler):
        def log_request(self, code: object = "-", size: object = "-") -> None:
            del size
            if not str(getattr(code, "value", code)).startswith(("2", "3")):
                host.missing.append(self.path)

        def log_error(self, *args: object) -> None:
            """Say nothing: what is missing is told by ``log_request``."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        host.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()
