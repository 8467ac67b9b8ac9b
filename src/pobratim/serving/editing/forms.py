"""What forms send: fields, and files that are taken piece by piece."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from pobratim.serving.http.requests import body_of, form_pairs
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.refusal import RefusedError

MULTIPART = "multipart/form-data"
MOST_FILES = 50
"""Files of one form."""
_MOST_OF_ALL = 10
"""So many times the size of one file may all files of a form have."""
_SECONDS = 600.0
"""For how long a client may send them."""
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, its files, and the names of files that were too large and thrown away."""

    pairs: Pairs
    files: tuple[UploadFile, ...] = ()
    too_large: tuple[str, ...] = ()

    def one(self, name: str) -> str:
        """Return the first value of a field without white space around it, "" for none."""
        return next((value.strip() for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> list[str]:
        """Return all values of a field."""
        return [value for key, value in self.pairs if key == name]


async def form_of(request: Request, settings: ServerSettings) -> Form:
    """Return the form that a request brings. Raises RefusedError for what is none, too long or too slow."""
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        return Form(form_pairs(await body_of(request, settings)))
    parser = _Bounded(request, settings.upload_mb)
    try:
        async with asyncio.timeout(_SECONDS):
            found = await parser.parse()
    except TimeoutError:
        raise RefusedError(408, "body-slow", {"limit": _SECONDS}) from None
    except MultiPartException as error:
        raise RefusedError(400, "form-broken", {"cause": error.message}) from None
    except ClientDisconnect:
        raise RefusedError(400, "body-broken") from None
    items = found.multi_items()
    files = [item for _, item in items if isinstance(item, UploadFile) and item.filename]
    kept = tuple(file for file in files if id(file) not in parser.dropped)
    dropped = tuple(file.filename or "" for file in files if id(file) in parser.dropped)
    return Form([(name, value) for name, value in items if isinstance(value, str)], kept, dropped)


async def drained(request: Request, settings: ServerSettings) -> None:
    """Take the body of a request that is refused, so that a browser gets to read why; not for ever."""
    left = settings.upload_mb * 1_000_000 * _MOST_OF_ALL
    try:
        async with asyncio.timeout(_SECONDS):
            async for chunk in request.stream():
                left -= len(chunk)
                if left < 0:
                    return
    except (TimeoutError, ClientDisconnect):
        return


class _Bounded(MultiPartParser):
    """Throws away the bytes of a file that is too large, so that the others still come."""

    def __init__(self, request: Request, most_mb: int) -> None:
        """``most_mb`` is the size of one file in millions of bytes."""
        self._most = most_mb * 1_000_000
        self._left = self._most * _MOST_OF_ALL
        self._sizes: dict[int, int] = {}
        self.dropped: set[int] = set()
        """``id`` of each UploadFile that was too large."""
        super().__init__(request.headers, self._bounded(request), max_files=MOST_FILES)

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Take bytes of a part, while it is not too large."""
        file = self._current_part.file
        if file is not None:
            size = self._sizes[id(file)] = self._sizes.get(id(file), 0) + end - start
            if size > self._most:
                self.dropped.add(id(file))
                return
        super().on_part_data(data, start, end)

    async def _bounded(self, request: Request) -> AsyncGenerator[bytes, None]:
        async for chunk in request.stream():
            self._left -= len(chunk)
            if self._left < 0:
                limit = ("upload_mb", self._most // 1_000_000)
                raise RefusedError(413, "form-too-long", {"limit": self._most // 1_000_000 * _MOST_OF_ALL}, limit)
            yield chunk
