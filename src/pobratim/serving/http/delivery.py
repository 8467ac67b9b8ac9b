"""From a question to an HTTP answer: validators, what is kept, the workers, headers. All pages that query use it."""

import asyncio
import hashlib
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from pobratim.serving.http.fast_path import request_key
from pobratim.serving.http.negotiation import content_type, encoding
from pobratim.serving.http.notes import note
from pobratim.serving.http.requests import VARY, client_of, is_known
from pobratim.serving.workers.answers import Answer
from pobratim.serving.workers.cache import Kept
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.wire import Task

_UNATTENDED = 0.05
"""Seconds for which nobody looks whether the client is still there: most answers come sooner."""


@dataclass(frozen=True, slots=True)
class Question:
    """A task and how its answer is sent. ``is_lasting`` tells whether the same generation gives it again,
    ``is_settled`` whether the same address always asks it (not so where the query is a file that people edit).
    """

    task: Task
    media_type: str
    is_lasting: bool = True
    is_settled: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)


async def deliver(request: Request, engine: Engine, question: Question) -> Response:
    """Return the answer to a question, from memory or from a worker, or 304. Raises RefusedError."""
    task = replace(question.task, encoding=encoding(request.headers.get("accept-encoding", "")))
    key = _key(engine, task, question)
    headers = _headers(engine, question, task, key)
    note(request.scope, format=task.format, query=task.sparql)
    if question.is_lasting and is_known(request, key):
        return Response(status_code=304, headers={**headers, "ETag": f'"{key}"'})
    kept = engine.cache.get(key) if question.is_lasting else None
    if kept is not None:
        note(request.scope, kept=True)
        if question.is_settled:
            _remember(request, engine, key)
        return Response(kept.body, headers=headers)
    tag = engine.served.tag
    answer = await attended(request, engine.run(task, client_of(request)))
    if engine.served.tag != tag:
        # It may be of the former generation or of the new one: neither may keep it.
        question = replace(question, is_lasting=False)
        headers = _headers(engine, question, task, key)
    body = answer.body
    if body is None:
        return StreamingResponse(_pieces(answer), headers={**headers, "Content-Length": str(answer.size)})
    if question.is_lasting:
        response = Response(body, headers=headers)
        engine.cache.put(key, Kept(tuple(response.raw_headers), body))
        if question.is_settled:
            _remember(request, engine, key)
        return response
    return Response(body, headers=headers)


async def attended(request: Request, answering: Coroutine[Any, Any, Answer]) -> Answer:
    """Return the answer that ``answering`` gives; end it where the client hangs up, so that its worker is free.

    The request's body must have been read. Raises RefusedError 499, which nobody reads, where the client has gone.
    """
    asking = asyncio.current_task()
    watchers: list[asyncio.Task[None]] = []

    def watch() -> None:
        watchers.append(asyncio.create_task(_cancel_when_left(request, asking)))

    # Most answers come before anyone is worth watching: those pay for a timer, not for a task.
    timer = asyncio.get_running_loop().call_later(_UNATTENDED, watch)
    try:
        return await answering
    except asyncio.CancelledError:
        if asking is None or not (watchers and watchers[0].done()):
            raise
        asking.uncancel()
        raise RefusedError(499, "client-left") from None
    finally:
        timer.cancel()
        for watcher in watchers:
            watcher.cancel()


async def _cancel_when_left(request: Request, asking: asyncio.Task[Any] | None) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    if asking is not None:
        asking.cancel()


def _key(engine: Engine, task: Task, question: Question) -> str:
    """Return what tells answers apart; it is the ETag as well, so that 304 needs no query."""
    parts = repr((engine.served.tag, task, question.media_type, sorted(question.headers.items())))
    return hashlib.blake2b(parts.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _headers(engine: Engine, question: Question, task: Task, key: str) -> dict[str, str]:
    headers = {"Content-Type": content_type(question.media_type), "Vary": VARY, **question.headers}
    if task.encoding:
        headers["Content-Encoding"] = task.encoding
    if question.is_lasting:
        headers["ETag"] = f'"{key}"'
        headers["Cache-Control"] = f"public, max-age={engine.settings.age}"
    else:
        headers["Cache-Control"] = "no-store"
    return headers


def _remember(request: Request, engine: Engine, key: str) -> None:
    known = request_key(request.scope)
    if known is not None:
        engine.cache.remember(known, key)


def _pieces(answer: Answer) -> Iterator[bytes]:
    try:
        yield from answer.pieces()
    finally:
        answer.close()
