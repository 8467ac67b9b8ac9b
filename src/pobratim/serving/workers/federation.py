"""SERVICE clauses of allowed endpoints, asked by the web process; the workers have no network.

Each ``SERVICE <iri> { … }`` is asked on its own, as the standard has it (SPARQL 1.1 Federated Query, 2), and its rows
take its place as a VALUES block. Only the IRIs of the settings are allowed, each mapped to the URL that is asked; an
address that a name leads to must be public, unless the URL in the settings names a private one itself.
"""

import asyncio
import ipaddress
import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from pobratim import __version__
from pobratim.serving.settings import Limits
from pobratim.serving.workers.refusal import RefusedError
from pobratim.sparql.terms import term_text, variable_name
from pobratim.sparql.text import Token, outline, tokens

AGENT = f"pobratim/{__version__} (https://w3id.org/pobratim) httpx"
_ACCEPT = "application/sparql-results+json"
_ROW_BYTES = 2_000
"""How many bytes a row of an answer may take on average; with the limit of rows it bounds what is read."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One SERVICE: text[start:end] of the query, the IRI it names, and the group in its braces."""

    start: int
    end: int
    iri: str
    is_silent: bool
    group: str


class Federation:
    """Takes the SERVICE clauses out of queries."""

    def __init__(self, services: Mapping[str, str], limits: Limits, client: httpx.AsyncClient | None = None) -> None:
        """``services`` are the allowed endpoints; ``client`` is for tests."""
        self._services, self._limits = services, limits
        self._client = client or httpx.AsyncClient(
            timeout=limits.service_seconds, follow_redirects=False, headers={"User-Agent": AGENT}, trust_env=False
        )

    async def without_services(self, sparql: str) -> str:
        """Return the query with every SERVICE replaced by its rows. Raises RefusedError 400, 403, 502."""
        prologue, clauses = service_clauses(sparql)
        if outline(_cut(sparql, clauses)).has_service:
            raise RefusedError(400, "service-shape")
        for clause in clauses:
            if clause.iri not in self._services:
                known = ", ".join(sorted(self._services)) or "—"
                raise RefusedError(403, "service-unknown", {"found": clause.iri, "known": known})
        blocks = await asyncio.gather(*(self._block(prologue, clause) for clause in clauses))
        for clause, block in sorted(zip(clauses, blocks, strict=True), key=lambda pair: -pair[0].start):
            sparql = sparql[: clause.start] + block + sparql[clause.end :]
        return sparql

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _block(self, prologue: str, clause: Clause) -> str:
        try:
            async with asyncio.timeout(self._limits.service_seconds):
                return values_block(await self._rows(f"{prologue}\nSELECT * WHERE {clause.group}", clause.iri))
        except (TimeoutError, httpx.HTTPError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if clause.is_silent:
                return "{ }"
            cause = str(error)[:200] or type(error).__name__
            raise RefusedError(502, "service-failed", {"found": clause.iri, "cause": cause}) from error

    async def _rows(self, query: str, iri: str) -> dict[str, Any]:
        url = self._services[iri]
        await _refuse_private(url)
        most = self._limits.service_rows * _ROW_BYTES
        data = bytearray()
        async with self._client.stream("POST", url, data={"query": query}, headers={"Accept": _ACCEPT}) as response:
            if response.status_code != httpx.codes.OK:
                raise ValueError(f"HTTP {response.status_code}")
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > most:
                    raise ValueError(f"> {most} B")
        answer: dict[str, Any] = json.loads(data)
        rows = len(answer["results"]["bindings"])
        if rows > self._limits.service_rows:
            raise ValueError(f"{rows} > {self._limits.service_rows}")
        return answer


def _cut(sparql: str, clauses: Sequence[Clause]) -> str:
    """Return what is left of a query without its clauses; one more SERVICE in it is of a shape that was not seen."""
    for clause in reversed(clauses):
        sparql = f"{sparql[: clause.start]}{{ }}{sparql[clause.end :]}"
    return sparql


def service_clauses(sparql: str) -> tuple[str, list[Clause]]:
    """Return the prologue of a query and its SERVICE clauses. Raises RefusedError 400 for one that cannot be taken out.

    A clause inside another, a variable as its endpoint, and the shapes that only a parser tells apart are refused.
    """
    found = list(tokens(sparql))
    prefixes = _prefixes(found)
    start = next((token.start for token in found if token.kind == "word" and _keyword(token) not in _PROLOGUE), 0)
    clauses: list[Clause] = []
    for index, token in enumerate(found):
        if token.kind == "word" and "SERVICE" in _keyword(token):
            if clauses and token.start < clauses[-1].end:
                raise RefusedError(400, "service-nested")
            clauses.append(_clause(sparql, found, index, prefixes))
    if not clauses:
        raise RefusedError(400, "service-shape")
    return sparql[:start], clauses


_PROLOGUE = {"PREFIX", "BASE"}


def _keyword(token: Token) -> str:
    return token.text.upper()


def _prefixes(found: Sequence[Token]) -> dict[str, str]:
    triples = zip(found, found[1:], found[2:], strict=False)
    return {
        name.text: iri.text[1:-1]
        for word, name, iri in triples
        if word.kind == "word" and _keyword(word) == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def _clause(sparql: str, found: Sequence[Token], index: int, prefixes: Mapping[str, str]) -> Clause:
    first = found[index]
    rest = found[index + 1 : index + 4]
    silent = bool(rest) and _keyword(rest[0]) == "SILENT"
    target, brace = [*rest[silent : silent + 2], first, first][:2]
    if _keyword(first) != "SERVICE" or brace.text != "{":
        raise RefusedError(400, "service-shape")
    end = _closing(found, index + 2 + silent)
    return Clause(first.start, end, _iri(target, prefixes), silent, sparql[brace.start : end])


def _closing(found: Sequence[Token], index: int) -> int:
    depth = 0
    for token in found[index:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return token.end
    raise RefusedError(400, "service-shape")


def _iri(target: Token, prefixes: Mapping[str, str]) -> str:
    if target.kind == "iri":
        return target.text[1:-1]
    prefix, colon, local = target.text.partition(":")
    if target.kind != "name" or prefix + colon not in prefixes:
        raise RefusedError(400, "service-shape")
    return prefixes[prefix + colon] + local.replace("\\", "")


def values_block(answer: Mapping[str, Any]) -> str:
    """Return SPARQL results JSON as a group with a VALUES block. Blank nodes become IRIs, alike within one answer."""
    names = answer["head"]["vars"]
    rows = answer["results"]["bindings"]
    heads = " ".join(f"?{variable_name(name)}" for name in names)
    lines = "\n".join(f"({' '.join(term_text(row.get(name)) for name in names)})" for row in rows)
    return f"{{ VALUES ({heads}) {{ {lines} }} }}"


async def _refuse_private(url: str) -> None:
    """Raise ValueError where a name leads to a private address; an address written out in the settings is meant."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
        return
    except ValueError:
        pass
    if host == "localhost":
        return
    port = parts.port or (443 if parts.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    for *_, address in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(address[0]).is_global:
            raise ValueError(f"{host}: {address[0]}")
