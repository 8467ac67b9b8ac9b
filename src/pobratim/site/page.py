"""A page before it is HTML, and who asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlencode

from pobratim.messages import Language
from pobratim.papers.card import Card
from pobratim.site.addresses import Addresses

GENERATION = "generation"
"""The parameter of a link that holds the version of the data which it was made on."""


Pictures = Literal["none", "main", "all"]


@dataclass(frozen=True, slots=True)
class Page:
    """A template of ``viz/pages`` with its values. ``forms`` are links to the same in RDF: (media type, link), ``card``
    is what stands for the page elsewhere."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    forms: tuple[tuple[str, str], ...] = ()
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for a page: language and addresses. ``is_chosen`` tells whether the address names the language.

    ``number`` is that of the generation of the data, 0 where nobody tells, ``modified`` when it was made. Where
    pages lie as files ``file`` is the name of this one in its folder, else "". ``pictures`` says which pages have one.
    ``is_slim`` tells that there are so many that each leaves out what only programs read, which lies beside it as data,
    and what it says twice.
    """

    lang: Language
    addresses: Addresses
    path: str
    query: tuple[tuple[str, str], ...]
    is_chosen: bool
    number: int = 0
    modified: datetime | None = None
    file: str = ""
    pictures: Pictures = "all"
    is_slim: bool = False

    @property
    def is_static(self) -> bool:
        """Tell whether pages lie as files: nothing can be chosen, asked or made anew."""
        return bool(self.file)

    @property
    def held(self) -> int:
        """Return the number of an earlier generation that the address was made on, 0 where it names none."""
        given = dict(self.query).get(GENERATION, "")
        number = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
        return number if number < self.number else 0

    def link(self, link: str) -> str:
        """Return a link to another page that keeps the language which the visitor chose."""
        if not self.is_chosen or not link.startswith(self.addresses.root + "/"):
            return link
        address, mark, fragment = link.partition("#")
        return f"{address}{'&' if '?' in address else '?'}lang={self.lang}{mark}{fragment}"

    def about(self, iri: str) -> str:
        """Return the link to the page about a thing, or to what is known here of an IRI of others."""
        return self.link(self.addresses.page(iri) or self.addresses.described(iri))

    def to(self, path: str) -> str:
        """Return the link to a path of this server, such as ``/def``."""
        return self.link(self.addresses.root + path)

    def in_language(self, lang: str) -> str:
        """Return the link to this page in a language."""
        pairs = [*((name, value) for name, value in self.query if name != "lang"), ("lang", lang)]
        return f"{self.addresses.root}{self.path}?{urlencode(pairs)}"

    @property
    def canonical(self) -> str:
        """Return the URL of this page without a language and without a version of the data."""
        pairs = [(name, value) for name, value in self.query if name not in ("lang", GENERATION)]
        return self.addresses.public + self.path + ("?" + urlencode(pairs) if pairs else "")
