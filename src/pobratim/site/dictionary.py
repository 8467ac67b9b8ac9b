"""The dictionary of all terms in use, our own and borrowed: what each means, how often it stands, between what.

It is a page of its own, and a table for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pobratim.messages import LANGUAGES, texts
from pobratim.query.text_rows import Value
from pobratim.rdf.iris import VOCABULARY
from pobratim.site.asking import Asker
from pobratim.site.explorer.list_page import offset, window
from pobratim.site.labels import Naming, naming, shortened, shorter
from pobratim.site.page import Page, Visit
from pobratim.site.usage import LEXICON, Usage, plan, usage

COLUMNS = (
    "term", "iri", "sort", "used", "label_ru", "label_en", "definition_ru", "definition_en", "from", "to", "example",
)  # fmt: skip
"""The columns of the dictionary as a table; a list has " | " between its values."""
_ROWS = 100
"""Terms of a page; of files there is no second one."""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A class or property in use; ``label`` and ``definition`` are in the language of ``naming``.

    ``sources`` and ``targets`` are the classes and types that a property joins, shortened.
    """

    short: str
    iri: str
    is_class: bool
    label: str
    definition: str
    used: int
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    example: str

    @property
    def shown(self) -> str:
        """Return the example as people read it: of a class without what all IRIs begin with."""
        return self.example.partition("/id/")[2] or shorter(self.example)

    @property
    def is_own(self) -> bool:
        """Tell whether the term is of our vocabulary."""
        return self.iri.startswith(VOCABULARY)


async def dictionary_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page at ``/terms``. Raises as the asker does."""
    del path
    found = await asker.once(usage)
    terms = terms_in_use(found, await naming(asker, visit.lang))
    rows = len(terms) if visit.is_static else _ROWS
    first = 0 if visit.is_static else offset(visit, rows)
    return Page(
        "terms.html",
        {
            "terms": terms[first : first + rows],
            "w": texts("lists", visit.lang),
            "window": window(visit, len(terms), max(1, rows)),
        },
    )


def terms_in_use(found: Usage, names: Naming) -> list[TermUse]:
    """Return classes, then properties, our own first in each; the lexicon's, which have a page, are left out."""
    classes = [_class(iri, found, names) for iri in found.classes if not iri.startswith(LEXICON)]
    properties = [_property(iri, found, names) for iri in found.properties]
    return [*sorted(classes, key=_place), *sorted(properties, key=_place)]


async def dictionary(asker: Asker) -> list[Sequence[Value]]:
    """Return the rows of ``COLUMNS`` for the data that are asked. Raises as the asker does."""
    found = await asker.once(usage)
    by_lang = [terms_in_use(found, await naming(asker, lang)) for lang in LANGUAGES]
    rows: list[Sequence[Value]] = []
    for ru, en in zip(*by_lang, strict=True):
        told = ru.label, en.label, ru.definition, en.definition, " | ".join(ru.sources), " | ".join(ru.targets)
        rows.append((ru.short, ru.iri, "class" if ru.is_class else "property", ru.used, *told, shorter(ru.example)))
    return rows


def _place(term: TermUse) -> tuple[bool, str]:
    return not term.is_own, term.short.casefold()


def _class(iri: str, found: Usage, names: Naming) -> TermUse:
    example = found.examples.get(iri, "")
    return _term(iri, True, found.classes[iri], names, ((), (), example))


def _property(iri: str, found: Usage, names: Naming) -> TermUse:
    use = found.uses.get(iri)
    if use is None:
        return _term(iri, False, found.properties[iri], names, ((), (), ""))
    sources, targets = (_ends(pair[end] for pair in use.joins) for end in (0, 1))
    return _term(iri, False, found.properties[iri], names, (sources, targets, use.example))


def _term(
    iri: str, is_class: bool, used: int, names: Naming, use: tuple[tuple[str, ...], tuple[str, ...], str]
) -> TermUse:
    short = shortened(iri)
    definition = names.definition(iri) or texts("terms", names.lang, "definitions").get(short, "")
    return TermUse(short, iri, is_class, names.property(iri), definition, used, *use)


def _ends(ends: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """Return what stands at an end of a property: for each thing the class by which the diagram knows it."""
    return tuple(sorted({_end(sorts) for sorts in ends}, key=lambda short: (not short.startswith("pob:"), short)))


def _end(sorts: frozenset[str]) -> str:
    box = plan().box(sorts)
    if box is not None:
        return shortened(next((iri for iri in box.classes if iri in sorts), box.classes[0]))
    typed = sorted(iri for iri in sorts if not iri.startswith("/id/"))
    return shortened(typed[0]) if typed else "IRI"
