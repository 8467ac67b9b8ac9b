"""Under which addresses a request sees the server."""

import re

from starlette.requests import Request

from pobratim.serving.http.requests import public_url
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.engine import Engine
from pobratim.site.addresses import Addresses

_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]_-]+(/[A-Za-z0-9._~/-]*)?")


def addresses_of(request: Request, engine: Engine) -> Addresses:
    """Return the addresses under which a request sees the server; a malformed Host header is not repeated."""
    return Addresses(engine.served.base, _public(request, engine.settings))


def _public(request: Request, settings: ServerSettings) -> str:
    url = public_url(request, settings)
    return url if _URL.fullmatch(url) else f"http://{settings.host}:{settings.port}"
