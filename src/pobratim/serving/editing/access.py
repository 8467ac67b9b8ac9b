"""Who may edit: tokens, sessions that the server signs, the token of its forms, how often one may try. No HTTP.

A session is all in its cookie (name, end, nonce, HMAC-SHA256 over them): the server keeps nothing, and a new signing
key ends all sessions.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from pobratim.serving.settings import ServerSettings

_HASHED = "sha256:"
_SEPARATOR = "."
_LONGEST_NAME = 80
_CLIENTS = 10_000
"""Clients whose attempts are remembered; the oldest are forgotten first."""
ATTEMPTS, PERIOD = 5, 60.0
"""So many wrong tokens in so many seconds a client may give."""
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, until when (seconds since 1970), and what tells this session apart."""

    name: str
    until: float
    nonce: str


class Access:
    """Signs and reads sessions, compares tokens."""

    def __init__(self, settings: ServerSettings, clock: Clock = time.time) -> None:
        """The signing key is that of the settings, else a random one that ends with the server."""
        self._settings, self._clock = settings, clock
        self._key = settings.session_key.encode() or secrets.token_bytes(32)

    def admits(self, name: str, token: str) -> bool:
        """Tell whether a token is that of an editor: his own, or the common one for a name that has none."""
        own = self._settings.editors.get(name)
        wanted = self._settings.editor_token if own is None else own
        return bool(token and wanted) and is_token(token, wanted)

    def begin(self, name: str) -> tuple[Session, str]:
        """Return a new session and its cookie's value."""
        until = self._clock() + self._settings.session_hours * 3600
        session = Session(name, until, secrets.token_urlsafe(12))
        text = _SEPARATOR.join((_coded(name), str(int(until)), session.nonce))
        return session, f"{text}{_SEPARATOR}{self._sign('session', text)}"

    def read(self, cookie: str) -> Session | None:
        """Return the session of a cookie, None for one that is not ours or has ended."""
        text, _, signature = cookie.rpartition(_SEPARATOR)
        if not hmac.compare_digest(signature.encode(), self._sign("session", text).encode()):
            return None
        name, until, nonce = text.split(_SEPARATOR)
        session = Session(_plain(name), float(until), nonce)
        return session if self._clock() < session.until else None

    def form_token(self, session: Session) -> str:
        """Return what forms of a session bear, so that no other site can send them."""
        return self._sign("form", session.nonce)

    def is_form_token(self, session: Session, given: str) -> bool:
        """Tell whether a form is one of the session."""
        return hmac.compare_digest(given.encode(), self.form_token(session).encode())

    def _sign(self, purpose: str, text: str) -> str:
        digest = hmac.new(self._key, f"{purpose}:{text}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Attempts:
    """Counts wrong tokens by client."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Nobody has tried yet."""
        self._clock = clock
        self._failed: dict[str, deque[float]] = {}

    def wait(self, client: str) -> int:
        """Return for how many seconds a client may not try again, 0 where he may."""
        times = self._failed.get(client, deque())
        while times and times[0] <= self._clock() - PERIOD:
            times.popleft()
        return int(times[0] + PERIOD - self._clock()) + 1 if len(times) >= ATTEMPTS else 0

    def fail(self, client: str) -> None:
        """Count a wrong token."""
        self._failed.setdefault(client, deque()).append(self._clock())
        while len(self._failed) > _CLIENTS:
            self._failed.pop(next(iter(self._failed)))

    def forget(self, client: str) -> None:
        """Forget a client who gave a right one."""
        self._failed.pop(client, None)


def is_token(given: str, wanted: str) -> bool:
    """Tell whether a token is the one wanted, which may be kept as ``sha256:HEX``."""
    if wanted.startswith(_HASHED):
        digest = hashlib.sha256(given.encode()).hexdigest()
        return hmac.compare_digest(digest, wanted.removeprefix(_HASHED).lower())
    return hmac.compare_digest(given.encode(), wanted.encode())


def name_of(given: str) -> str:
    """Return a person's name as it will stand in the ledger, "" where it cannot: too long, or not printable."""
    name = " ".join(given.split())
    return name if len(name) <= _LONGEST_NAME and name.isprintable() else ""


def _coded(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _plain(coded: str) -> str:
    return base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
