"""How terms are used, told by the first statements with each: the same as property-use.rq and examples.rq find.

``python -m pobratim.site.uses STORE STATE NUMBER`` prints it for a generation of a store, for a server that must not
pass over all lines itself. Exit code 4 where that generation cannot be had.
"""

import json
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from pobratim.rdf.terms import RDF, XSD
from pobratim.site.firsts import Firsts, firsts_in, kinds_in, term_of
from pobratim.store.backend import GraphReader
from pobratim.store.opening import printed_of
from pobratim.store.reader import Reader

_TEXTS = {False: XSD.string.value, True: RDF.langString.value}
"""The types of texts without a language and with one."""


@dataclass(slots=True)
class Use:
    """How a property is used: by what (classes of a thing) on what (classes, or the type of a literal)."""

    example: str = ""
    joins: dict[tuple[frozenset[str], frozenset[str]], int] = field(default_factory=dict)

    def add(self, subject: Collection[str], value: Collection[str], said: str) -> None:
        """Take one more statement: the sorts of both ends, and its value."""
        pair = frozenset(subject), frozenset(value)
        self.joins[pair] = self.joins.get(pair, 0) + 1
        self.example = min(filter(None, (self.example, said)), default="")


@dataclass(frozen=True, slots=True)
class Uses:
    """How each property is used, and a thing of each class."""

    uses: Mapping[str, Use]
    examples: Mapping[str, str]

    def to_json(self) -> str:
        """Return it as JSON."""
        uses = {
            prop: [use.example, [[sorted(one), sorted(other), count] for (one, other), count in use.joins.items()]]
            for prop, use in self.uses.items()
        }
        return json.dumps([uses, dict(self.examples)])


def uses_from(told: str) -> Uses:
    """Return what ``Uses.to_json`` wrote. Raises ValueError for anything else."""
    uses, examples = json.loads(told)
    return Uses(
        {
            prop: Use(example, {(frozenset(one), frozenset(other)): count for one, other, count in joins})
            for prop, (example, joins) in uses.items()
        },
        examples,
    )


def uses_of(firsts: Firsts, kinds: Callable[[str], Collection[str]]) -> Uses:
    """Return how terms are used by their first statements; ``kinds`` gives the classes of a thing."""
    found: dict[str, Use] = {}
    for prop in firsts.properties():
        use = found[prop] = Use()
        for subject, told in firsts.of(prop):
            value = term_of(told)
            sorts = _sorts(value.value, kinds) if value.is_iri else (value.datatype or _TEXTS[bool(value.lang)],)
            use.add(_sorts(subject.decode(), kinds), sorts, value.value)
    return Uses(found, {kind.decode(): thing.decode() for kind, thing in firsts.examples.items()})


def _sorts(thing: str, kinds: Callable[[str], Collection[str]]) -> Collection[str]:
    """Return the classes of a thing, of one without any its kind as its IRI names it."""
    return kinds(thing) or (f"/id/{thing.partition('/id/')[2].partition('/')[0]}",)


def uses_in(reader: GraphReader) -> str:
    """Return how a generation uses terms, as JSON, "" where it has no files to tell it. Raises OSError."""
    if not isinstance(reader, Reader) or not reader.files():
        return ""
    files = {graph: file.path for graph, file in reader.files().items()}
    firsts = firsts_in(files)
    ends = (end for prop in firsts.properties() for stated in firsts.of(prop) for end in stated)
    known = kinds_in(files, frozenset(end[1:-1] if end.startswith(b"<") else end for end in ends))
    return uses_of(firsts, lambda thing: known.get(thing.encode(), ())).to_json()


def main(arguments: list[str]) -> int:
    """Print how terms are used and return the exit code."""
    store, state, number = arguments
    return printed_of(store, state, number, uses_in)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
