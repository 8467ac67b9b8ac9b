"""What people set right of a thing, in words beside it: what, when and why. Who did it stays in the ledger."""

from pyoxigraph import Literal, NamedNode

from pobratim.entities import Correction
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import LANGUAGES, Language, text
from pobratim.rdf.terms import SKOS, Graph
from pobratim.resolve.fields import FIELDS

_SIGNS = {"=": "corrected-set", "+=": "corrected-added", "-=": "corrected-removed"}


def change_notes(graph: Graph, node: NamedNode, kind: str, corrections: tuple[Correction, ...]) -> None:
    """Add skos:changeNote for each correction of a thing of that type, in every language of the program."""
    for lang in LANGUAGES:
        notes = (Literal(note_of(kind, one, lang), language=lang) for one in corrections)
        graph.add(node, SKOS.changeNote, *notes)


def note_of(kind: str, one: Correction, lang: Language) -> str:
    """Return a correction in a person's words."""
    said = text(_SIGNS[one.sign], lang, field=text(f"fact-{one.field}", lang), value=_value(kind, one, lang) or "—")
    return said + (f" ({one.when[:10]})" if one.when else "") + (f": {one.why}" if one.why else "")


def _value(kind: str, one: Correction, lang: Language) -> str:
    """Return a value as people call it: things by their keys, which hold with whatever reports are there."""
    field = FIELDS[kind].get(one.field)
    if not one.value or field is None or not field.scheme:
        return one.value
    concepts = lexicon()
    known = concepts.countries[one.value] if field.scheme == "country" else concepts.concept(field.scheme, one.value)
    return (known.english if lang == "en" else "") or known.label
