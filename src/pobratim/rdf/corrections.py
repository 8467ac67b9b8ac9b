"""What people set right of a thing, in words beside it: what, by whom, when and why."""

from pyoxigraph import Literal, NamedNode

from pobratim.entities import Correction
from pobratim.messages import LANGUAGES, Language, text
from pobratim.rdf.terms import SKOS, Graph

_SIGNS = {"=": "corrected-set", "+=": "corrected-added", "-=": "corrected-removed"}


def change_notes(graph: Graph, node: NamedNode, corrections: tuple[Correction, ...]) -> None:
    """Add skos:changeNote for each correction, in every language of the program."""
    for lang in LANGUAGES:
        notes = (Literal(note_of(one, lang), language=lang) for one in corrections)
        graph.add(node, SKOS.changeNote, *notes)


def note_of(one: Correction, lang: Language) -> str:
    """Return a correction in a person's words."""
    said = text(_SIGNS[one.sign], lang, field=text(f"fact-{one.field}", lang), value=one.value or "—")
    by = ", ".join(told for told in (one.author, one.when[:16].replace("T", " ")) if told)
    return said + (f" ({by})" if by else "") + (f": {one.why}" if one.why else "")
