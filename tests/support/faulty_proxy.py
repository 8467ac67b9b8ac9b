"""A proxy on 127.0.0.1 before a store, which can be told to misbehave at a request of one's choice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import httpx

from tests.support.background import answering

Fault = tuple[int, dict[str, str], bytes]
"""Status, headers and body instead of the store's answer; status 0 breaks the connection off."""


def _never(_number: int, _method: str, _path: str) -> Fault | None:
    return None


@dataclass
class Proxy:
    """``faulty`` is asked before each request, with its number from 0, its method and its path."""

    url: str
    faulty: Callable[[int, str, str], Fault | None] = _never
    seen: list[tuple[str, str]] = field(default_factory=list)

    def fail(self, *faults: Fault) -> None:
        """Answer the next requests so, then rightly."""
        begin, left = len(self.seen), list(faults)
        self.faulty = lambda number, *_: left[number - begin] if number - begin < len(left) else None

    def heal(self) -> None:
        """Answer rightly from now on."""
        self.faulty = _never


@contextmanager
def proxied(target: str) -> Iterator[Proxy]:
    """Yield a proxy before the store whose root is ``target``."""
    client = httpx.Client(trust_env=False, timeout=180)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            number = len(proxy.seen)
            proxy.seen.append((self.command, self.path))
            fault = proxy.faulty(number, self.command, self.path)
            if fault is None:
                kept = {k: v for k, v in self.headers.items() if k.lower() in {"accept", "content-type"}}
                found = client.request(self.command, target + self.path, content=body, headers=kept)
                fault = (found.status_code, {"Content-Type": found.headers.get("Content-Type", "")}, found.content)
            self.answer(*fault)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.close_connection = True
            if not status:
                return
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers, "Connection": "close"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    with client, answering(Handler) as url:
        proxy = Proxy(url)
        yield proxy
