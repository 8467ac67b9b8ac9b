"""Who we are to a store: from POBRATIM_STORE_USER and _PASSWORD, or POBRATIM_STORE_TOKEN; never shown, never logged."""

import os
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx


@dataclass(frozen=True, slots=True)
class Access:
    """Credentials; all empty for a store that asks for none."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def given(self) -> bool:
        """Tell whether there are any."""
        return bool(self.user or self.token)


def split_access(url: str, environment: Mapping[str, str] = os.environ) -> tuple[str, Access]:
    """Return ``url`` without the user and password in it, and the credentials: of the environment, else those."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    access = Access(
        environment.get("POBRATIM_STORE_USER", ""),
        environment.get("POBRATIM_STORE_PASSWORD", ""),
        environment.get("POBRATIM_STORE_TOKEN", ""),
    )
    if not access.given and parts.username:
        access = Access(unquote(parts.username), unquote(parts.password or ""))
    return urlunsplit((parts.scheme, host, parts.path, parts.query, "")), access


class Answered(httpx.Auth):
    """Credentials in the way the server asks for: a token at once, a password as Basic or Digest (RFC 7617, 7616).

    Virtuoso wants Digest for whatever writes, most other stores Basic. What was asked for once is given at once later.
    """

    def __init__(self, access: Access) -> None:
        """Keep the credentials."""
        self._access = access
        self._learnt: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, and once more with credentials if it is refused without."""
        if self._access.token:
            request.headers["Authorization"] = f"Bearer {self._access.token}"
            yield request
            return
        if self._learnt is not None:
            yield from self._learnt.auth_flow(request)
            return
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED or not self._access.user:
            return
        asked = response.headers.get("WWW-Authenticate", "").lower()
        kind = httpx.DigestAuth if asked.startswith("digest") else httpx.BasicAuth
        self._learnt = kind(self._access.user, self._access.password)
        yield from self._learnt.auth_flow(request)
