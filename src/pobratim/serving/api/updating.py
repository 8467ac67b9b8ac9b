"""``/update``: the SPARQL 1.1 Protocol's update operation, for whoever holds the token; off without one.

An update makes a new generation, like a load does, in a process of its own that is killed at its time. A later load
keeps graphs that are not its own, and makes those of the reports anew.
"""

import hmac
import json
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from pobratim.serving.api.guard import admitted_update
from pobratim.serving.http.requests import body_of, form_pairs, one_of, operation_text, values_of
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.modules import printed_by
from pobratim.serving.workers.refusal import RefusedError, syntax_refusal
from pobratim.sparql.mistakes import mistake_of
from pobratim.sparql.update import DatasetConflictError, using
from pobratim.store.opening import is_url

METHODS = "POST, OPTIONS"
_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-update"
_SECONDS = 120.0
"""Time of one update; a copy and a compaction of five million quads take about a minute."""
_SYNTAX, _LOCKED = 65, 75
"""Exit codes of the process: EX_DATAERR and EX_TEMPFAIL of sysexits.h."""


class Updatable(Protocol):
    """An engine whose store can be changed."""

    settings: ServerSettings
    store: str

    async def refresh(self) -> object:
        """Take up the new generation."""


def is_on(engine: Updatable) -> bool:
    """Tell whether updates are taken: with a token, for a store that is ours."""
    return bool(engine.settings.update_token) and not is_url(engine.store)


async def answer(request: Request, engine: Updatable) -> Response:
    """Carry out an update and answer 204 once it is visible. Raises RefusedError."""
    _authorize(request, engine.settings.update_token)
    update, default, named = await _read(request, engine.settings)
    admitted_update(update, engine.settings.limits)
    if default or named:
        update = _with_dataset(update, default, named)
    await _run(engine.store, update, str(request.url.replace(query="")))
    await engine.refresh()
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


def _with_dataset(update: str, default: list[str], named: list[str]) -> str:
    try:
        return using(update, default, named)
    except DatasetConflictError:
        raise RefusedError(400, "update-dataset") from None
    except ValueError as error:
        raise RefusedError(400, "query-failed", {"cause": error}) from None


def _authorize(request: Request, token: str) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise RefusedError(401, "token", headers={"WWW-Authenticate": "Bearer"})


async def _read(request: Request, settings: ServerSettings) -> tuple[str, list[str], list[str]]:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (_FORM, _DIRECT):
        raise RefusedError(415, "media-type", {"found": media_type, "known": f"{_FORM}, {_DIRECT}"})
    body = await body_of(request, settings)
    pairs = form_pairs(request.scope["query_string"])
    if media_type == _FORM:
        pairs += form_pairs(body)
    else:
        pairs.append(("update", operation_text(body)))
    if values_of(pairs, "query"):
        raise RefusedError(400, "update-missing")
    default, named = values_of(pairs, "using-graph-uri"), values_of(pairs, "using-named-graph-uri")
    return one_of(pairs, "update"), default, named


async def _run(store: str, update: str, base: str) -> None:
    try:
        given = json.dumps(update).encode()
        code, said = await printed_by("serving.api.updater", store, base, given=given, seconds=_SECONDS)
    except TimeoutError:
        raise RefusedError(503, "time-over", {"limit": f"{_SECONDS:g}"}) from None
    cause = said.strip()[:500]
    if code == _SYNTAX:
        raise syntax_refusal(mistake_of(update, cause, update=True))
    if code == _LOCKED:
        raise RefusedError(503, "store-locked", retry_after=5)
    if code:
        raise RefusedError(400, "query-failed", {"cause": cause})
