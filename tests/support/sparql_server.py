"""A SPARQL endpoint on 127.0.0.1 over a few triples, which can be told to misbehave first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from tests.support.background import answering


@dataclass
class SparqlServer:
    """``url`` answers SELECT queries; ``faults`` are (status, headers, body) given first, one a request."""

    url: str
    faults: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    """(User-Agent, query) of every request."""


@contextmanager
def serving(data: Path) -> Iterator[SparqlServer]:
    """Yield a server over a Turtle file, closed at the end."""
    store = Store()
    store.load(path=str(data), format=RdfFormat.TURTLE)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._ask(parse_qs(urlsplit(self.path).query)["query"][0])

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._ask(parse_qs(body.decode())["query"][0])

        def _ask(self, query: str) -> None:
            state.requests.append((self.headers["User-Agent"], query))
            if state.faults:
                self._answer(*state.faults.pop(0))
                return
            try:
                found = store.query(query)
            except SyntaxError as error:
                self._answer(400, {}, str(error).encode())
                return
            assert isinstance(found, QuerySolutions)
            body = found.serialize(format=QueryResultsFormat.JSON)
            assert body is not None
            self._answer(200, {"Content-Type": "application/sparql-results+json"}, body)

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    with answering(Handler) as url:
        state = SparqlServer(f"{url}/sparql")
        yield state
