"""The smallest graphs in which the checks of ``queries/checks`` find their faults."""

import re

from pyoxigraph import Literal, NamedNode, Quad

POB = "https://w3id.org/pobratim/def#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DCT = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
SEEDS: dict[str, list[tuple[str, str, str]]] = {
    "activity-without-account": [("a", RDF_TYPE, POB + "Activity")],
    "entry-without-activity": [("e", RDF_TYPE, POB + "ReportEntry")],
    "phrase-not-in-cell": [
        ("m", OA + "hasTarget", ":c#char=0,5"), ("c#char=0,5", OA + "hasSource", ":c"),
        ("c", "http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "'Витебск"), ("c#char=0,5", OA + "exact", "'Минск"),
    ],
    "claim-not-in-graph": [
        ("m", OA + "hasBody", ":a"), ("m", POB + "property", ":p"), ("m", POB + "value", ":x"), ("a", POB + "q", ":x"),
    ],
    "thing-without-label": [("a", RDF_TYPE, POB + "Activity")],
    "dates-reversed": [("a", POB + "start", "@2023-02-02"), ("a", POB + "end", "@2023-02-01")],
    "tie-within-one-country": [
        ("t", RDF_TYPE, POB + "Tie"), ("t", POB + "party", ":x"), ("t", POB + "party", ":y"),
        ("x", POB + "country", ":c"), ("y", POB + "country", ":c"),
    ],
    "tie-without-dates-or-agreement": [("t", RDF_TYPE, POB + "Tie")],
    "party-unknown": [("t", POB + "party", ":x")],
    "replaced-activity-in-use": [("a", DCT + "isReplacedBy", ":b"), ("e", POB + "reports", ":a")],
    "institution-without-kind": [
        ("o", RDF_TYPE, "http://www.w3.org/ns/org#FormalOrganization"),
        ("o", "http://www.w3.org/2004/02/skos/core#prefLabel", "'Имя"),
    ],
    "institution-without-country": [
        ("o", RDF_TYPE, "http://www.w3.org/ns/org#FormalOrganization"),
        ("o", "http://www.w3.org/2004/02/skos/core#prefLabel", "'Имя"),
    ],
    "report-without-period": [("r", RDF_TYPE, POB + "Report")],
    "report-without-publisher": [("r", RDF_TYPE, POB + "Report")],
    "report-without-licence": [("r", RDF_TYPE, POB + "Report")],
    "concept-unknown": [("a", DCT + "type", ":no-concept")],
    "contact-without-entry": [("c", RDF_TYPE, POB + "Contact")],
    "agreement-without-phrase": [("a", RDF_TYPE, POB + "Agreement")],
    "tie-incomplete": [("t", RDF_TYPE, POB + "Tie"), ("t", DCT + "type", ":k"), ("t", POB + "sides", "#1")],
    "agreement-with-one-party": [("a", RDF_TYPE, POB + "Agreement"), ("a", POB + "party", ":x")],
    "settlement-without-point": [
        ("a", POB + "place", ":p"), ("p", "http://www.w3.org/2000/01/rdf-schema#label", "'Город"),
    ],
}  # fmt: skip


def seeded(name: str, about: str = "http://e.example/") -> list[Quad]:
    """Return quads in which the check ``name`` finds its fault; ``about`` begins all IRIs, that of their graph too."""
    graph = NamedNode(about + "graph")
    return [Quad(NamedNode(about + s), NamedNode(p), _term(o, about), graph) for s, p, o in SEEDS[name]]


def _term(text: str, about: str) -> NamedNode | Literal:
    if text[0] == "'":
        return Literal(text[1:]) if re.fullmatch(r"'(Витебск|Минск)", text) else Literal(text[1:], language="ru")
    if text[0] == "#":
        return Literal(int(text[1:]))
    if text[0] == "@":
        return Literal(text[1:], datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    return NamedNode(about + text[1:] if text[0] == ":" else text)
