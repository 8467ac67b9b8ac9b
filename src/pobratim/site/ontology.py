"""Documentation of the vocabularies, and the lists of concepts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.rdf.iris import VOCABULARY
from pobratim.site.asking import Asker, Row, Term, iri_term
from pobratim.site.diagram import model_svg
from pobratim.site.entity import Item, Subject, entity_page, outside, rdf_forms
from pobratim.site.labels import LABEL, RDFS, SKOS, TYPE, Naming, best, key_of, naming, shortened, vocabulary
from pobratim.site.page import Page, Visit
from pobratim.site.statistics import count
from pobratim.site.usage import usage

_OWL = "http://www.w3.org/2002/07/owl#"
_DCT = "http://purl.org/dc/terms/"
Said = Mapping[str, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A class or property as its entry shows it."""

    key: str
    short: str
    label: str
    other_label: str
    definition: str
    domains: list[Item]
    ranges: list[Item]
    above: list[Item]
    used: int
    example: str
    iri: str


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """A concept in a list, with how deep it stands under wider ones."""

    iri: str
    link: str
    label: str
    other_label: str
    definition: str
    notation: str
    depth: int


async def vocabulary_at(asker: Asker, visit: Visit, name: str) -> Page | None:
    """Return the documentation at ``/NAME``, "def" or "lexicon"; None for others. Raises as the asker does."""
    iri = visit.addresses.iri(name)
    return await vocabulary_page(asker, Subject(iri, f"{visit.addresses.root}/{name}"), visit) if iri else None


async def vocabulary_page(asker: Asker, subject: Subject, visit: Visit) -> Page:
    """Return the documentation of the vocabulary ``subject``. Raises as the asker does."""
    terms, names, statistics = await asker.once(vocabulary), await naming(asker, visit.lang), await asker.once(count)
    own = {iri: said for iri, said in terms.items() if iri.startswith(subject.iri + "#")}
    used = {**statistics.properties, **statistics.classes}
    entries = {iri: _entry(iri, said, names, visit, used) for iri, said in own.items()}
    classes = [entries[iri] for iri, said in own.items() if _is(said, "Class")]
    properties = [entries[iri] for iri, said in own.items() if not _is(said, "Class")]
    about = terms.get(subject.iri, {})
    licence = next((term.value for term in about.get(_DCT + "license", ())), "")
    is_main = subject.iri + "#" == VOCABULARY
    found = await asker.once(usage) if is_main else None
    values = {
        "subject": subject,
        "diagram": model_svg(found, names) if found and found.classes else "",
        "title": best(about.get(_DCT + "title", ()), visit.lang),
        "about": best(about.get(_DCT + "description", ()), visit.lang),
        "release": best(about.get(_OWL + "versionInfo", ()), visit.lang),
        "changes": best(about.get(SKOS + "changeNote", ()), visit.lang),
        "licence": licence,
        "licence_name": outside(licence, names).text,
        "classes": sorted(classes, key=_place),
        "properties": sorted(properties, key=_place),
        "schemes": await _schemes(asker, visit) if is_main else [],
        "other": visit.to("/lexicon" if is_main else "/def"),
        "is_main": is_main,
    }
    return Page("ontology.html", values, forms=rdf_forms(subject.page))


def _place(entry: TermEntry) -> tuple[str, str]:
    return entry.label.casefold(), entry.iri


async def scheme_page(asker: Asker, subject: Subject, visit: Visit) -> Page:
    """Return the page of a list of concepts: that of any thing, and the concepts as a tree."""
    page = await entity_page(asker, subject, visit)
    rows = await asker.rows("concepts", iri=iri_term(subject.iri))
    concepts = tree(rows, visit)
    member = SKOS + "inScheme"
    told = {shortened(member), shortened(SKOS + "hasTopConcept")}
    kept = [section for section in page.values["sections"] if section.key not in told]
    return Page("scheme.html", {**page.values, "sections": kept, "concepts": concepts}, forms=page.forms)


async def _scheme_rows(asker: Asker) -> list[Row]:
    return await asker.rows("schemes")


async def _schemes(asker: Asker, visit: Visit) -> list[tuple[str, str, int]]:
    labels: dict[str, list[Term]] = {}
    counts: dict[str, int] = {}
    for row in await asker.once(_scheme_rows):
        labels.setdefault(row["scheme"].value, []).append(row["label"])
        counts[row["scheme"].value] = int(row["count"].value)
    found = [(visit.addresses.page(iri) or iri, best(terms, visit.lang), counts[iri]) for iri, terms in labels.items()]
    return sorted(found, key=lambda entry: (entry[1].casefold(), entry[0]))


def _entry(iri: str, said: Said, names: Naming, visit: Visit, used: Mapping[str, int]) -> TermEntry:
    other: Language = "en" if visit.lang == "ru" else "ru"

    def items(*properties: str) -> list[Item]:
        found = [term.value for prop in properties for term in said.get(prop, ())]
        return [_item(value, names, visit) for value in sorted(found)]

    return TermEntry(
        key=key_of(iri),
        short=shortened(iri),
        label=best(said.get(LABEL, ()), visit.lang),
        other_label=best(said.get(LABEL, ()), other),
        definition=best(said.get(SKOS + "definition", ()), visit.lang),
        domains=items(RDFS + "domain"),
        ranges=items(RDFS + "range"),
        above=items(RDFS + "subClassOf", RDFS + "subPropertyOf"),
        used=used.get(iri, 0),
        example=examples().get(iri, ""),
        iri=iri,
    )


def _item(iri: str, names: Naming, visit: Visit) -> Item:
    link = visit.addresses.page(iri)
    return Item(names.property(iri), link) if link else outside(iri, names)


def _is(said: Said, kind: str) -> bool:
    return any(term.value == _OWL + kind for term in said.get(TYPE, ()))


@cache
def examples() -> Mapping[str, str]:
    """Return the example of each class, as Turtle of ``ontology/examples``, by the IRI of the class."""
    folder = content_root() / "ontology" / "examples"
    return {VOCABULARY + file.stem: file.read_text(encoding="utf-8").strip() for file in folder.glob("*.ttl")}


def tree(rows: Sequence[Row], visit: Visit) -> list[ConceptEntry]:
    """Return concepts in the order of their labels, narrower ones after the wider one that they belong to."""
    labels: dict[str, list[Term]] = {}
    definitions: dict[str, list[Term]] = {}
    notations: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in rows:
        iri = row["concept"].value
        labels.setdefault(iri, []).append(row["label"])
        if "definition" in row:
            definitions.setdefault(iri, []).append(row["definition"])
        if "notation" in row:
            notations[iri] = row["notation"].value
        if "broader" in row:
            parents.setdefault(iri, row["broader"].value)
    children: dict[str, list[str]] = {}
    for iri in sorted(labels, key=lambda each: (best(labels[each], visit.lang).casefold(), each)):
        parent = parents.get(iri, "")
        children.setdefault(parent if parent in labels else "", []).append(iri)
    other: Language = "en" if visit.lang == "ru" else "ru"
    found: list[ConceptEntry] = []
    pending = [(iri, 0) for iri in reversed(children.get("", []))]
    seen: set[str] = set()
    while pending:
        iri, depth = pending.pop()
        if iri in seen:
            continue
        seen.add(iri)
        own = visit.addresses.page(iri)
        found.append(
            ConceptEntry(
                iri,
                own if own is not None else visit.addresses.described(iri),
                best(labels[iri], visit.lang),
                best(labels[iri], other),
                best(definitions.get(iri, ()), visit.lang),
                notations.get(iri, ""),
                depth,
            )
        )
        pending += [(child, depth + 1) for child in reversed(children.get(iri, []))]
    return found
