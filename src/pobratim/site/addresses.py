"""Between the IRIs of the data and the addresses of a site: the base of the ones is not the URL of the other."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlsplit

from pobratim.rdf.iris import iri_of, path_of
from pobratim.site.areas import area_iri, area_path


@dataclass(frozen=True, slots=True)
class Addresses:
    """``base`` begins the IRIs of the data, ``public`` the addresses under which people reach the server."""

    base: str
    public: str

    @property
    def root(self) -> str:
        """Return the path before all of ours, "" where the server has the host for itself."""
        return _root(self.public)

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


@cache
def _root(public: str) -> str:
    return urlsplit(public).path
