"""Ask a public SPARQL endpoint as its rules want: a name of our own, pauses, and waiting when it says so."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from SPARQLWrapper import JSON, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, SPARQLWrapperException

from pobratim import __version__
from pobratim.errors import UnreadableDocumentError
from pobratim.readers.grid import unreadable
from pobratim.sources import WikidataSettings

AGENT = f"pobratim/{__version__} (https://w3id.org/pobratim) SPARQLWrapper"
"""Wikimedia's User-Agent policy wants a name, a version and an address; library defaults are turned away."""
_MOST_BYTES = 50_000_000
_LONGEST_WAIT = 120.0
_BUSY = {429, 500, 502, 503, 504}


class Endpoint:
    """One endpoint over one run: the time limit counts from the first question."""

    def __init__(
        self,
        url: str,
        settings: WikidataSettings,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep the address and the limits; ``clock`` and ``sleep`` are those of the time module in seconds."""
        self.url, self._settings, self._clock, self._sleep = url, settings, clock, sleep
        self._until: float | None = None

    def ask(self, query: str) -> dict[str, Any]:
        """Return the answer of a SELECT as SPARQL results JSON.

        Raises UnreadableDocumentError where the endpoint refuses, cannot be reached, or the time is over.
        """
        if self._until is None:
            self._until = self._clock() + self._settings.seconds
        cause, asked_for = "", 0.0
        for attempt in range(self._settings.attempts):
            if attempt:
                self.wait(self._back_off(attempt, asked_for), cause)
            asked_for = 0.0
            try:
                return self._once(query)
            except HTTPError as error:
                cause = f"HTTP {error.code}"
                asked_for = _retry_after(error.headers.get("Retry-After", ""))
                error.close()
                if error.code not in _BUSY:
                    raise self._failed("wikidata-refused", cause) from error
            except EndPointInternalError:
                cause = "HTTP 500"
            except SPARQLWrapperException as error:
                raise self._failed("wikidata-refused", " ".join(str(error).split())[:200]) from error
            except (OSError, HTTPException, ValueError) as error:
                cause = " ".join(str(getattr(error, "reason", error)).split())[:200] or type(error).__name__
        raise self._failed("wikidata-unreachable", cause)

    def wait(self, seconds: float, cause: str = "") -> None:
        """Sleep. Raises UnreadableDocumentError where that would go beyond the time limit."""
        if self._until is not None and self._clock() + seconds > self._until:
            raise self._failed("wikidata-time-over", cause or "–")
        self._sleep(seconds)

    def _back_off(self, attempt: int, asked_for: float) -> float:
        """Return how long to wait: what the endpoint asks for, else twice as long each time."""
        return float(asked_for or min(max(self._settings.pause, 0.1) * 2**attempt, _LONGEST_WAIT))

    def _once(self, query: str) -> dict[str, Any]:
        request = SPARQLWrapper(self.url, agent=AGENT)
        request.setReturnFormat(JSON)
        request.setOnlyConneg(True)
        request.setTimeout(self._settings.timeout)
        request.setQuery(query)
        with request.query().response as response:
            data = response.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise ValueError(f"> {_MOST_BYTES} B")
        answer = json.loads(data)
        if not isinstance(answer, dict) or "bindings" not in answer.get("results", {}):
            raise ValueError("no SPARQL results JSON")
        return answer

    def _failed(self, code: str, cause: str) -> UnreadableDocumentError:
        return unreadable(code, self.url, cause=cause, seconds=self._settings.seconds)


def _retry_after(value: str) -> float:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3), 0 where it is absent or malformed."""
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
