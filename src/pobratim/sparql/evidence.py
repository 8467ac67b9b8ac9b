"""What evidence is made of, as a text can tell: by its properties, its graphs and its IRIs.

The texts of cells go with it: a quarter of all that facts weigh, and asked for only to show a row.
"""

import re

_OA = "http://www.w3.org/ns/oa#"
_OF_CELLS = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "http://purl.org/dc/terms/hasPart")
_POB = "https://w3id.org/pobratim/def#"
PROPERTIES = frozenset(
    {
        *(f"{_OA}{name}" for name in ("hasBody", "hasTarget", "exact", "hasSource")),
        *(f"{_POB}{name}" for name in ("property", "value", "rule", "confidence")),
    }
)
"""The properties of mentions and of the stretches they are of. Graphs with any other are kept beside the facts."""
APART = PROPERTIES.union(_OF_CELLS)
"""The properties of which memory holds nothing: beside those, what a cell says and what has it for a part."""
_GRAPH = "/graph/evidence/"
_MENTION = re.compile(r"/id/mention/|#char=")
_CLASSES = frozenset({f"{_POB}Mention"})
_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:)|.*/\.", re.DOTALL)
"""An IRI that is something else beside another: one without a scheme, or with steps that lead upwards."""


def names_evidence(iri: str) -> bool:
    """Tell whether an IRI may name evidence: a property, class or graph of it, a mention, a stretch of a cell."""
    return (
        iri in APART
        or iri in _CLASSES
        or iri.startswith(_OA)
        or _GRAPH in iri
        or _MENTION.search(iri) is not None
        or _RELATIVE.match(iri) is not None
    )
