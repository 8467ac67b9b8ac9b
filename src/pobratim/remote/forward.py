"""A query handed on to a store as it stands, its answer handed back as it comes: for a server before a remote store.

Nothing is bound, read or made equal here (``results.py``); whoever hands on what the public asks must know before that
it is a query and no update. The answer is never held whole; one that breaks off or grows too long raises while it is
read, so that the connection of the asker can be broken too, and no part is taken for the whole.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from pobratim.errors import StoreError
from pobratim.remote.access import Access, Answered
from pobratim.remote.wire import AGENT, Form, Limits, is_local


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The head of an answer, and its body piece by piece: ``status`` and ``content_type`` are the store's own."""

    status: int
    content_type: str
    chunks: AsyncIterator[bytes]


class Forwarder:
    """Hands on queries to one endpoint; one object for all requests of a process, closed by ``aclose``."""

    def __init__(self, name: str, url: str, dataset: Form, access: Access, limits: Limits | None = None) -> None:
        """Take what ``RemoteReader.forwarder`` gives: name for messages, query endpoint, fields of the data set."""
        self._name, self._url, self._dataset = name, url, dataset
        self._limits = limits or Limits()
        self._client = httpx.AsyncClient(
            auth=Answered(access),
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            trust_env=not is_local(url),
            headers={"User-Agent": AGENT},
        )

    @asynccontextmanager
    async def forward(self, sparql: str, accept: str) -> AsyncIterator[Forwarded]:
        """Yield the answer to ``sparql`` in one of the media types ``accept``, whatever its status.

        Raises StoreError where the store cannot be reached, is silent too long, or breaks off.
        """
        form = {"query": sparql, **self._dataset}
        request = self._client.build_request("POST", self._url, data=form, headers={"Accept": accept})
        try:
            response = await self._client.send(request, stream=True)
        except httpx.HTTPError as error:
            raise self._told(error) from error
        try:
            yield Forwarded(response.status_code, response.headers.get("Content-Type", ""), self._chunks(response))
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _chunks(self, response: httpx.Response) -> AsyncIterator[bytes]:
        length = 0
        try:
            async for chunk in response.aiter_bytes():
                length += len(chunk)
                if length > self._limits.most_bytes:
                    megabytes = self._limits.most_bytes // 1_000_000
                    raise StoreError("store-remote-too-long", store=self._name, megabytes=megabytes)
                yield chunk
        except httpx.HTTPError as error:
            raise self._told(error) from error

    def _told(self, error: httpx.HTTPError) -> StoreError:
        if isinstance(error, httpx.TimeoutException):
            return StoreError("store-remote-slow", store=self._name, seconds=round(self._limits.read))
        cause = " ".join(str(error).split())[:200] or type(error).__name__
        return StoreError("store-remote-unreachable", store=self._name, cause=cause)
