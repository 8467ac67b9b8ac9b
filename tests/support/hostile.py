"""Hostile requests read from JSON, sent byte by byte as they say, and what any answer to them must be.

An entry has ``id`` and one of ``query``, ``gen``, ``update``, ``http``, ``raw``. Texts may be lists of [text, count]
pairs; ``{i}`` in a repeated text is its number, ``CANARY`` the port of the listener that must stay silent.
"""

import csv
import gzip
import io
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import brotli

Entry = Mapping[str, Any]
_REFUSALS = {400, 401, 403, 404, 405, 406, 408, 411, 413, 414, 415, 417, 429, 431, 503, 504}
_LIMITED = {413, 414, 429, 431}
"""Statuses that always come of a limit; 503 may be one as well."""


@dataclass(frozen=True)
class Answer:
    """An answer, whole; ``seconds`` is what it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def problem(self) -> dict[str, Any]:
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


def spell(text: str | list[list[Any]]) -> str:
    """Return the text of an entry's value."""
    if isinstance(text, str):
        return text
    return "".join(
        "".join(unit.replace("{i}", str(i)) for i in range(count)) if "{i}" in unit else unit * count
        for unit, count in text
    )


def generated(gen: Mapping[str, Any]) -> str:
    """Return the text that a ``gen`` describes: prefix, n times open and close around nothing, or n joined units."""
    count = gen["n"]
    middle = gen["sep"].join([gen["join"]] * count) if "join" in gen else gen["open"] * count + gen["close"] * count
    return f"{gen['prefix']}{middle}{gen['suffix']}"


def request_of(entry: Entry, canary: int) -> bytes:
    """Return the request of an entry as it goes over the wire."""
    if "raw" in entry:
        return spell(entry["raw"]).replace("CANARY", str(canary)).encode("latin-1")
    if "http" in entry:
        http = entry["http"]
        body = spell(http.get("body", "")).encode()
        headers = {key: spell(value) for key, value in http.items() if key not in ("method", "path", "body")}
        return _request(http["method"], spell(http["path"]), headers, body, canary)
    if "update" in entry:
        body = urlencode({"update": entry["update"]}).encode()
        return _request("POST", "/sparql", {"content-type": "application/x-www-form-urlencoded"}, body, canary)
    query = generated(entry["gen"]) if "gen" in entry else spell(entry["query"])
    query = query.replace("CANARY", str(canary))
    headers = {"accept": entry.get("accept", "*/*")}
    if entry.get("via") == "get":
        return _request("GET", "/sparql?query=" + quote(query), headers, b"", canary)
    headers["content-type"] = "application/sparql-query"
    return _request("POST", "/sparql", headers, query.encode(errors="surrogatepass"), canary)


def send(port: int, request: bytes, pause: float = 0, timeout: float = 120) -> Answer | None:
    """Return the answer to a request, None where the server hung up without one. ``pause`` parts it in two."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        try:
            half = len(request) // 2 if pause else 0
            connection.sendall(request[:half])
            time.sleep(pause)
            connection.sendall(request[half:])
        except (BrokenPipeError, ConnectionResetError):
            pass  # an answer may come before the whole request was taken
        try:
            response = HTTPResponse(connection, method=request.partition(b" ")[0].decode("latin-1"))
            response.begin()
            body = response.read()
        except (HTTPException, ConnectionResetError):
            return None
        headers = {key.lower(): value for key, value in response.getheaders()}
        return Answer(response.status, headers, _unpacked(body, headers), time.monotonic() - began)


def _unpacked(body: bytes, headers: Mapping[str, str]) -> bytes:
    encoding = headers.get("content-encoding", "")
    if not body or not encoding:
        return body
    return gzip.decompress(body) if encoding == "gzip" else bytes(brotli.decompress(body))


def faults(answer: Answer) -> list[str]:
    """Return what is wrong with any answer, whatever was asked: broken bodies, refusals that do not say why."""
    if answer.status in (200, 204, 304):
        return (
            []
            if answer.status != 200 or not answer.body or _is_whole(answer)
            else [f"broken body: {answer.body[:200]!r}"]
        )
    if answer.status not in _REFUSALS:
        return [f"status {answer.status}: {answer.body[:200]!r}"]
    if not answer.body:
        return []  # HEAD
    if answer.media_type != "application/problem+json":
        return [f"a refusal in {answer.media_type}: {answer.body[:200]!r}"]
    return _problem_faults(answer)


def _problem_faults(answer: Answer) -> list[str]:
    problem, found = answer.problem, []
    if problem.get("status") != answer.status or not problem.get("detail") or not problem.get("title"):
        found.append(f"a problem that does not say what it is: {problem}")
    if answer.status in _LIMITED and not problem.get("limit", {}).get("name"):
        found.append(f"no limit is named: {problem}")
    if answer.status == 429 and not answer.headers.get("retry-after", "").isdigit():
        found.append("429 without Retry-After")
    if answer.headers.get("cache-control") != "no-store":
        found.append("a refusal that caches may keep")
    if answer.headers.get("access-control-allow-origin") != "*":
        found.append("a refusal that pages of other sites cannot read")
    return found


def _is_whole(answer: Answer) -> bool:
    """Tell whether a body is what its media type says, to the end."""
    try:
        if answer.media_type.endswith("json"):
            found = json.loads(answer.body)
            return "boolean" in found or "bindings" in found.get("results", {}) or answer.media_type.endswith("ld+json")
        if answer.media_type.endswith("xml"):
            return ElementTree.fromstring(answer.body) is not None
        if answer.media_type == "text/csv":
            rows = list(csv.reader(io.StringIO(answer.body.decode())))
            return len({len(row) for row in rows}) <= 1
    except (ValueError, ElementTree.ParseError):
        return False
    return True


def _request(method: str, path: str, headers: Mapping[str, str], body: bytes, canary: int) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", "connection: close"]
    lines += [f"{key}: {value}" for key, value in headers.items()]
    if body or method not in ("GET", "HEAD", "OPTIONS"):
        lines.append(f"content-length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").replace("CANARY", str(canary)).encode("latin-1") + body
