"""What evidence is made of, as a text can tell: by its properties, its graphs and its IRIs."""

import re

_OA = "http://www.w3.org/ns/oa#"
_POB = "https://w3id.org/pobratim/def#"
PROPERTIES = frozenset(
    {
        *(f"{_OA}{name}" for name in ("hasBody", "hasTarget", "exact", "hasSource")),
        *(f"{_POB}{name}" for name in ("property", "value", "rule", "confidence")),
    }
)
"""The properties of mentions and of the stretches they are of. Graphs with any other are kept beside the facts."""
_GRAPH = "/graph/evidence/"
_MENTION = re.compile(r"/id/mention/|#char=")
_CLASSES = frozenset({f"{_POB}Mention"})
_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:)|.*/\.", re.DOTALL)
"""An IRI that is something else beside another: one without a scheme, or with steps that lead upwards."""


def names_evidence(iri: str) -> bool:
    """Tell whether an IRI may name evidence: a property, class or graph of it, a mention, a stretch of a cell."""
    return (
        iri in PROPERTIES
        or iri in _CLASSES
        or iri.startswith(_OA)
        or _GRAPH in iri
        or _MENTION.search(iri) is not None
        or _RELATIVE.match(iri) is not None
    )
