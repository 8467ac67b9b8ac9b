"""Questions that pages ask: files of ``queries/pages``, their values bound, their answers as rows of terms.

Pages ask an ``Asker`` and do not know what lies behind it: the workers of a server, or a store at hand (``reading``).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from pyoxigraph import Literal, NamedNode

from pobratim.content import content_root
from pobratim.explore import Index
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.sparql.binding import among
from pobratim.sparql.terms import Term as Bound

if TYPE_CHECKING:
    from pobratim.site.uses import Uses

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")


class Term(NamedTuple):
    """A term of an answer: an IRI, or a literal with its language and datatype ("" where it has none)."""

    value: str
    is_iri: bool
    lang: str = ""
    datatype: str = ""


Row = dict[str, Term]


@dataclass(frozen=True, slots=True)
class DataSet:
    """The data that pages tell of. ``tag`` differs wherever the data may differ; ``base`` begins all IRIs of ours.

    ``number`` is that of the generation, ``modified`` when it was made (None where nobody tells). ``licence`` (an IRI)
    and ``contact`` are the publisher's; ``limits`` fill the sentence on what the endpoint promises, {} where there is
    no endpoint. ``is_editable`` tells whether reports can be handed in where the pages are.
    """

    tag: str
    base: str = DEFAULT_BASE
    number: int = 0
    modified: datetime | None = None
    licence: str = ""
    contact: str = ""
    limits: Mapping[str, object] = field(default_factory=dict)
    is_editable: bool = False


class Asker(Protocol):
    """What pages need of the data, wherever they lie."""

    @property
    def data(self) -> DataSet:
        """Return what is known of the data as a whole."""

    async def rows(self, name: str, **bindings: Bound) -> list[Row]:
        """Return the rows of ``queries/pages/NAME.rq``. Raises as the store behind it does."""

    async def taken(self, name: str, take: Callable[[list[Row]], T], iri: str) -> T:
        """Return what ``take`` makes of the rows of a question about a thing: made once perhaps for several pages, so
        that nobody may change it. Raises as ``rows`` does."""

    async def among(self, name: str, variable: str, iris: Sequence[str]) -> list[Row]:
        """Return the rows of ``queries/pages/NAME.rq`` about some things, which its VALUES of a variable names."""

    async def together(self, asked: Iterable[Awaitable[T]]) -> list[T]:
        """Return what several questions give, in their order, asked at once where that is of use. Raises as they do."""

    async def once(self, make: Callable[["Asker"], Awaitable[T]]) -> T:
        """Return what ``make`` makes of the data: made once while they stay as they are. Raises as ``make`` does."""

    async def explored(self, ask: Callable[[Index], T]) -> T:
        """Return what ``ask`` finds in the index of the data. Raises as ``ask`` does, or where there is no index."""

    async def used(self) -> "Uses | None":
        """Return how terms are used, None where no lines tell it and it is to be asked. Raises as the store does."""


class Once:
    """What is made of the data once and used until they change, by its maker."""

    def __init__(self) -> None:
        """Nothing is made yet."""
        self._held: dict[Callable[..., Any], tuple[str, Any]] = {}
        self._making: dict[Callable[..., Any], asyncio.Lock] = {}

    def keep(self, make: Callable[[Asker], Awaitable[T]], tag: str, made: T) -> None:
        """Take what ``make`` made already of the data with a tag."""
        self._held[make] = (tag, made)

    async def get(self, make: Callable[[Asker], Awaitable[T]], asker: Asker) -> T:
        """Return what ``make`` makes of the data that ``asker`` asks. Raises as ``make`` does."""
        held = self._held.get(make)
        if held is None or held[0] != asker.data.tag:
            async with self._making.setdefault(make, asyncio.Lock()):  # visitors who come at once wait for one making
                tag = asker.data.tag
                held = self._held.get(make)
                if held is None or held[0] != tag:
                    held = self._held[make] = (tag, await make(asker))
        found: T = held[1]
        return found


async def both(asker: Asker, one: Awaitable[A], other: Awaitable[B]) -> tuple[A, B]:
    """Return what two different questions give, asked at once where the asker can. Raises as the asker does."""
    ones: list[A] = []
    others: list[B] = []
    await asker.together((_into(ones, one), _into(others, other)))
    return ones[0], others[0]


async def _into(found: list[A], asked: Awaitable[A]) -> None:
    found.append(await asked)


@cache
def page_query(name: str) -> str:
    """Return the text of ``queries/pages/NAME.rq``."""
    return (content_root() / "queries" / "pages" / f"{name}.rq").read_text(encoding="utf-8")


def many_query(name: str, variable: str, iris: Iterable[str]) -> str:
    """Return the text of ``queries/pages/NAME.rq`` about some things. Raises ValueError for what is no IRI."""
    return among(page_query(name), variable, map(NamedNode, iris))


def iri_term(iri: str) -> NamedNode:
    """Return an IRI as a value to bind. Raises ValueError for what is none."""
    return NamedNode(iri)


def text_term(text: str, lang: str | None = None) -> Literal:
    """Return a text as a value to bind."""
    return Literal(text, language=lang)
