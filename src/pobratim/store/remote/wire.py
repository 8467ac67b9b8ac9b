"""HTTP to a store: limits of time and size, another try where that can help, and errors that say what to do."""

import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from pobratim import __version__
from pobratim.errors import StoreError
from pobratim.store.remote.access import Access, Answered

AGENT = f"pobratim/{__version__}"
CONNECT_SECONDS = 10.0
READ_SECONDS = 300.0
"""How long a store may be silent: the slowest question of the library over ten million quads takes a tenth."""
MOST_BYTES = 1_000_000_000
"""The longest answer that is read: answers are held in memory."""
ATTEMPTS = 4
_PASSING = {502, 503, 504}
_LONGEST_WAIT = 30.0
_CUT = "X-SPARQL-MaxRows"
"""How Virtuoso tells, under the status 200, that it left rows out."""

Form = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes that a request may take, and how often it is tried."""

    connect: float = CONNECT_SECONDS
    read: float = READ_SECONDS
    most_bytes: int = MOST_BYTES
    attempts: int = ATTEMPTS


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response: status, its media type without parameters, body."""

    status: int
    media_type: str
    body: bytes

    @property
    def done(self) -> bool:
        """Tell whether the request was carried out."""
        return 200 <= self.status < 300

    @property
    def first_line(self) -> str:
        """Return the beginning of a text body on one line, for a message."""
        text = self.body[:2000].decode("utf-8", "replace").partition("SPARQL query:")[0]
        return " ".join(text.split())[:200]


class Wire:
    """Requests to one store. All that is sent can be sent again without harm, so all is tried again."""

    def __init__(
        self, name: str, access: Access, limits: Limits | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Remember the store's name for messages; ``sleep`` waits some seconds between two tries."""
        self.name, self.access = name, access
        self._limits, self._sleep = limits or Limits(), sleep
        self._auth = Answered(access)
        times = httpx.Timeout(self._limits.read, connect=self._limits.connect)
        # A proxy of the environment does not lead to this machine.
        self._client = httpx.Client(
            timeout=times, trust_env=not is_local(name), follow_redirects=False, headers={"User-Agent": AGENT}
        )
        self.close = weakref.finalize(self, self._client.close)
        """Close the connections, which else happens when nobody has this object any more."""

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Form | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the whole answer, whatever its status.

        Raises StoreError where the store cannot be reached, stays busy, or answers at too great length.
        """
        request = self._client.build_request(method, url, params=params, data=form, content=body, headers=headers)
        cause, wait = "", 0.0
        for attempt in range(self._limits.attempts):
            if attempt:
                self._sleep(min(wait or 0.25 * 2**attempt, _LONGEST_WAIT))
            try:
                answer, wait = self._once(request)
            except httpx.TimeoutException:
                raise self.error("store-remote-slow", seconds=round(self._limits.read)) from None
            except httpx.TransportError as error:
                cause, wait = _first_line(error), 0.0
                continue
            if answer.status not in _PASSING:
                return answer
            cause = f"HTTP {answer.status} {answer.first_line}".strip()
        raise self.error("store-remote-unreachable", cause=cause)

    def ask(self, url: str, form: Form, accept: str) -> Answer:
        """Return the answer to a query. Raises StoreError for every status but 200."""
        answer = self.send("POST", url, form=form, headers={"Accept": accept})
        return self.checked(answer)

    def checked(self, answer: Answer) -> Answer:
        """Return an answer of status 2xx. Raises StoreError for any other."""
        if answer.done:
            return answer
        if answer.status in (401, 403):
            raise self.error("store-remote-refused", status=answer.status)
        raise self.error("store-remote-failed", status=answer.status, cause=answer.first_line)

    def error(self, code: str, **values: object) -> StoreError:
        """Return an error about this store."""
        return StoreError(code, store=self.name, **values)

    def _once(self, request: httpx.Request) -> tuple[Answer, float]:
        with self._streamed(request) as response:
            cut = response.headers.get(_CUT)
            if cut:
                raise self.error("store-remote-cut", rows=cut)
            media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Answer(response.status_code, media_type, self._whole(response)), _retry_after(response)

    @contextmanager
    def _streamed(self, request: httpx.Request) -> Iterator[httpx.Response]:
        response = self._client.send(request, auth=self._auth, stream=True)
        try:
            yield response
        finally:
            response.close()

    def _whole(self, response: httpx.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._limits.most_bytes:
                raise self.error("store-remote-too-long", megabytes=self._limits.most_bytes // 1_000_000)
        return bytes(body)


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("Retry-After", "").strip()
    return float(value) if value.isdecimal() else 0.0


def is_local(url: str) -> bool:
    """Tell whether a URL leads to this machine, where no proxy is to be asked."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
