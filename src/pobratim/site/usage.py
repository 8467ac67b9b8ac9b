"""Which terms the data use and how: counts, what each property joins with what, and an example of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from pobratim.content import content_root
from pobratim.site.asking import Asker, iri_term
from pobratim.site.labels import RDF, expanded
from pobratim.site.statistics import count
from pobratim.site.uses import Use, Uses

LEXICON = "https://w3id.org/pobratim/lexicon#"
"""Annotations that serve the reading of reports; they have a page of their own."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the class diagram as ``viz/model.yml`` places it; classes and properties as IRIs."""

    classes: tuple[str, ...]
    also: tuple[str, ...]
    at: tuple[int, int]
    kind: str
    counted: str
    is_listed: bool

    def has(self, sorts: frozenset[str]) -> bool:
        """Tell whether a thing of these classes (or this kind) belongs here."""
        return not sorts.isdisjoint(self.classes) or (bool(self.kind) and f"/id/{self.kind}" in sorts)


@dataclass(frozen=True, slots=True)
class Plan:
    """The diagram as placed by hand: its size, its boxes, and the properties that stand as lines within boxes."""

    size: tuple[int, int]
    boxes: tuple[Box, ...]
    lines: frozenset[str]

    def box(self, sorts: frozenset[str]) -> Box | None:
        """Return the box of a thing of these classes, None where it has none."""
        return next((box for box in self.boxes if box.has(sorts)), None)


@dataclass(frozen=True, slots=True)
class Usage:
    """Terms in use: ``classes`` and ``properties`` with their counts, ``uses`` by property, examples by class."""

    classes: Mapping[str, int]
    properties: Mapping[str, int]
    uses: Mapping[str, Use]
    examples: Mapping[str, str]


@cache
def plan() -> Plan:
    """Return the diagram as ``viz/model.yml`` places it."""
    told = yaml.safe_load((content_root() / "viz" / "model.yml").read_text(encoding="utf-8"))
    width, height = told["size"]
    return Plan((width, height), tuple(map(_box, told["boxes"])), frozenset(map(expanded, told["rows"])))


def _box(told: Mapping[str, object]) -> Box:
    def iris(name: str) -> tuple[str, ...]:
        found = told.get(name, [])
        assert isinstance(found, list)
        return tuple(map(expanded, found))

    at = told["at"]
    assert isinstance(at, list)
    counted = expanded(str(told["counted"])) if "counted" in told else ""
    return Box(iris("is"), iris("also"), (at[0], at[1]), str(told.get("kind", "")), counted, bool(told.get("listed")))


async def usage(asker: Asker) -> Usage:
    """Return which terms of all vocabularies but the lexicon's are used, and how. Raises as the asker does.

    What joins what is looked at in the first two thousand statements of each property, however large the store is.
    """
    statistics = await asker.once(count)
    properties = {iri: number for iri, number in statistics.properties.items() if not iri.startswith(LEXICON)}
    wanted = [iri for iri in properties if iri != RDF + "type"]
    told = await asker.used() or await _asked(asker, wanted, statistics.classes)
    return Usage(
        statistics.classes,
        properties,
        {iri: told.uses.get(iri, Use()) for iri in wanted},
        {iri: told.examples[iri] for iri in statistics.classes if iri in told.examples},
    )


async def _asked(asker: Asker, properties: Iterable[str], classes: Iterable[str]) -> Uses:
    """Return what queries tell, where there are no lines to tell it."""
    uses, examples = dict[str, Use](), dict[str, str]()
    for iri in properties:
        use = uses[iri] = Use()
        for row in await asker.rows("property-use", property=iri_term(iri)):
            use.add(row["from"].value.split(), row["to"].value.split(), row["object"].value)
    for iri in classes:
        rows = await asker.rows("examples", **{"class": iri_term(iri)})
        examples |= {row["class"].value: row["thing"].value for row in rows}
    return Uses(uses, examples)
