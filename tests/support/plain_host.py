"""The plain file server of the standard library over a folder, and a folder that is published to be served by it."""

import dataclasses
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pobratim.publishing.folder.build import publish
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.keys import template
from pobratim.publishing.settings import read_publication
from pobratim.store.directory import GenerationStore

DAY = date(2026, 11, 29)


def publish_example(store: GenerationStore, folder: Path, **changed: Any) -> None:
    """Publish a store with the settings of the template, of which some are changed."""
    text = template().replace('"https://example.org"', '"https://w3id.org/pobratim"')
    settings = folder.with_name(f"{folder.name}.toml")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(text.replace('"0000000000"', '"7707083893"'), encoding="utf-8")
    publication = dataclasses.replace(read_publication(settings, example=True), **changed)
    with source_of(store) as source:
        publish(source, publication, folder, DAY, jobs=2)


@dataclass
class Host:
    """A running file server: its address, and what it was asked for and had not."""

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
