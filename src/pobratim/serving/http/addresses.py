"""Between the IRIs of the data and the addresses of this server: the base of the ones is not the URL of the other."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.requests import Request

from pobratim.rdf.iris import iri_of, path_of
from pobratim.serving.areas import area_iri, area_path
from pobratim.serving.http.requests import public_url
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.engine import Engine

_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]_-]+(/[A-Za-z0-9._~/-]*)?")


@dataclass(frozen=True, slots=True)
class Addresses:
    """``base`` begins the IRIs of the data, ``public`` the addresses under which people reach the server."""

    base: str
    public: str

    @property
    def root(self) -> str:
        """Return the path before all of ours, "" where the server has the host for itself."""
        return urlsplit(self.public).path

    def page(self, iri: str) -> str | None:
        """Return the link to the page about an IRI of ours, or about a country or region; None for other IRIs."""
        area = area_path(iri)
        if area is not None:
            return f"{self.root}/doc/{area}"
        path = path_of(self.base, iri)
        if path is None:
            return None
        if path.startswith("id/"):
            return f"{self.root}/doc/{path.removeprefix('id/')}"
        return f"{self.root}/doc/{path}" if path.startswith("def/") else f"{self.root}/{path}"

    def described(self, iri: str) -> str:
        """Return the link to what is known here of an IRI of others."""
        return f"{self.root}/describe?iri={quote(iri, safe='')}"

    def iri(self, path: str) -> str | None:
        """Return the IRI that a path stands for, None where none can be."""
        return area_iri(path.removeprefix("id/")) or iri_of(self.base, path)

    def absolute(self, link: str) -> str:
        """Return a link as a whole URL."""
        return self.public + link.removeprefix(self.root)


def addresses_of(request: Request, engine: Engine) -> Addresses:
    """Return the addresses under which a request sees the server; a malformed Host header is not repeated."""
    return Addresses(engine.served.base, _public(request, engine.settings))


def _public(request: Request, settings: ServerSettings) -> str:
    url = public_url(request, settings)
    return url if _URL.fullmatch(url) else f"http://{settings.host}:{settings.port}"
