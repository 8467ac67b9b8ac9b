"""What every page asks of a request: who, in which language, at which address; bodies under limits."""

import asyncio
from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from pobratim.messages import Language
from pobratim.serving.http.negotiation import language
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.refusal import RefusedError

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Content-Length, Content-Disposition, Link, X-Total-Count, "
    "X-Understood",
}
_MOST_FIELDS = 1000
"""Parameters of one request that are looked at."""
_BOM = "\ufeff"
VARY = "Accept, Accept-Encoding, Accept-Language"
"""The headers by which answers vary."""


def client_of(request: Request) -> str:
    """Return who counts as one client: the address, behind a trusted proxy that of its client."""
    return request.client.host if request.client else ""


def language_of(request: Request) -> Language:
    """Return the language of ``?lang=``, else of Accept-Language, else Russian."""
    wanted = request.query_params.get("lang", "")
    return language(wanted or request.headers.get("accept-language", ""))


def public_url(request: Request, settings: ServerSettings) -> str:
    """Return where this server is reached, without a slash at the end."""
    return settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")


async def body_of(request: Request, settings: ServerSettings) -> bytes:
    """Return the body. Raises RefusedError: 400 for one that breaks off, 413 for a long and 408 for a slow one."""
    limits = settings.limits
    most = limits.query_bytes * 4  # urlencoded Cyrillic takes three bytes for one
    data = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                data += chunk
                if len(data) > most:
                    limit = ("query_bytes", limits.query_bytes)
                    raise RefusedError(413, "query-too-long", {"limit": limits.query_bytes}, limit)
    except TimeoutError:
        seconds = limits.body_seconds
        raise RefusedError(408, "body-slow", {"limit": seconds}, ("body_seconds", seconds)) from None
    except ClientDisconnect:
        raise RefusedError(400, "body-broken") from None
    return bytes(data)


def form_pairs(data: bytes) -> list[tuple[str, str]]:
    """Return the pairs of an urlencoded text. Raises RefusedError 400 where it is not UTF-8 or has too many."""
    if data.count(b"&") >= _MOST_FIELDS:
        raise RefusedError(400, "too-many-parameters", {"limit": _MOST_FIELDS})
    try:
        # Forms and programs send letters as they are now and then, where they should be percent-encoded.
        return parse_qsl(data.decode("utf-8"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise RefusedError(400, "not-utf8") from None


def operation_text(body: bytes) -> str:
    """Return a query or update that was sent as it is. Raises RefusedError 400 where it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "not-utf8") from None


def one_of(pairs: Iterable[tuple[str, str]], name: str) -> str:
    """Return the value of the parameter ``name`` without the mark that Windows' editors put before a text.

    Raises RefusedError 400 where it is given several times, or not at all.
    """
    found = values_of(pairs, name)
    if not found:
        raise RefusedError(400, f"{name}-missing")
    if len(found) > 1:
        raise RefusedError(400, "query-twice", {"name": name})
    return found[0].removeprefix(_BOM)


def values_of(pairs: Iterable[tuple[str, str]], name: str) -> list[str]:
    """Return the values of a parameter; those that forms send for fields left blank count as not given."""
    return [value for key, value in pairs if key == name and value]


def is_known(request: Request, tag: str) -> bool:
    """Tell whether the client has the answer with this ETag (RFC 9110, 13.1.2)."""
    known = {item.strip().removeprefix("W/") for item in request.headers.get("if-none-match", "").split(",")}
    return "*" in known or f'"{tag}"' in known
