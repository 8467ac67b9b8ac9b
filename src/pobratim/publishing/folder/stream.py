"""The changes of things as a stream of versions (LDES over TREE hypermedia): pages of files, old ones never change.

A page's IRI is its address; pages stand in the order of time, and the root leads to each by the day of its members.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from pobratim.publishing.folder.editions import Edition, Version
from pobratim.publishing.folder.tree import Tree
from pobratim.rdf.terms import DCT, RDF, XSD, Namespace
from pobratim.site.words import prefixes

FOLDER = "ldes"
LDES = Namespace("https://w3id.org/ldes#")
TREE = Namespace("https://w3id.org/tree#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
_A_PAGE = 2_000
"""Members of one page."""
_KEPT_FOR = "P100Y"
_PREFIXES = {
    "ldes": "https://w3id.org/ldes#", "tree": "https://w3id.org/tree#", "dct": "http://purl.org/dc/terms/",
    "as": "https://www.w3.org/ns/activitystreams#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}  # fmt: skip
_MEMBERS = "m"
"""The step of the IRIs of members."""


@dataclass(frozen=True, slots=True)
class Member:
    """A version of a thing: what is said of it (N-Triples), nothing where it is gone. ``is_new`` tells of the first."""

    iri: str
    path: str
    triples: Sequence[bytes]
    is_new: bool


def write_stream(
    tree: Tree, edition: Edition, base: str, public: str, members: Iterable[Member], versions: Sequence[Version]
) -> None:
    """Write the pages of this version, and the root anew; the pages of earlier ones lie there.

    ``base`` begins the IRIs of things. Raises OSError.
    """
    for number, some in enumerate(_pieces(members), start=1):
        tree.put(f"{FOLDER}/{edition.number}-{number}.ttl", _page(some, edition, base, public, number))
    days = {each.number: each.issued for each in versions}
    pages = [path for path in tree.files if path.startswith(FOLDER + "/") and path != f"{FOLDER}/index.ttl"]
    tree.put(
        f"{FOLDER}/index.ttl", _root(public, sorted(((path, days[_version_of(path)]) for path in pages), key=_place))
    )


def _version_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".ttl").rpartition("-")[0]


def _place(page: tuple[str, str]) -> tuple[list[int], int]:
    number = page[0].rpartition("/")[2].removesuffix(".ttl").rpartition("-")[2]
    return [int(part) for part in _version_of(page[0]).split(".")], int(number)


def _pieces(members: Iterable[Member]) -> Iterator[list[Member]]:
    held: list[Member] = []
    for member in members:
        held.append(member)
        if len(held) == _A_PAGE:
            yield held
            held = []
    if held:
        yield held


def _page(members: Sequence[Member], edition: Edition, base: str, public: str, number: int) -> bytes:
    stream = NamedNode(f"{public}/{FOLDER}/stream")
    page = NamedNode(f"{public}/{FOLDER}/{edition.number}-{number}.ttl")
    found = [
        Triple(stream, RDF.type, LDES.EventStream),
        Triple(stream, TREE.view, NamedNode(f"{public}/{FOLDER}/index.ttl")),
        Triple(page, RDF.type, TREE.Node),
    ]
    created = Literal(f"{edition.day.isoformat()}T00:00:00Z", datatype=XSD.dateTime)
    for member in members:
        node = NamedNode(f"{public}/{FOLDER}/{_MEMBERS}/{member.path}/{edition.number}")
        kind = AS.Delete if not member.triples else AS.Create if member.is_new else AS.Update
        found.append(Triple(stream, TREE.member, node))
        found += [Triple(node, DCT.isVersionOf, NamedNode(member.iri)), Triple(node, DCT.created, created)]
        found.append(Triple(node, RDF.type, kind))
        told: Iterable[Triple] = parse(b"".join(member.triples), format=RdfFormat.N_TRIPLES)
        found += [Triple(node, each.predicate, each.object) for each in told]
    # Half of a page were IRIs written out.
    short = {**prefixes(base), **_PREFIXES, _MEMBERS: f"{public}/{FOLDER}/{_MEMBERS}/"}
    return serialize(found, format=RdfFormat.TURTLE, prefixes=short) or b""


def _root(public: str, pages: Sequence[tuple[str, str]]) -> bytes:
    stream, root = NamedNode(f"{public}/{FOLDER}/stream"), NamedNode(f"{public}/{FOLDER}/index.ttl")
    view, policy = NamedNode(f"{root.value}#view"), NamedNode(f"{root.value}#retention")
    said: Mapping[NamedNode, NamedNode] = {
        LDES.timestampPath: DCT.created,
        LDES.versionOfPath: DCT.isVersionOf,
        LDES.versionCreateObject: AS.Create,
        LDES.versionUpdateObject: AS.Update,
        LDES.versionDeleteObject: AS.Delete,
        TREE.view: root,
    }
    found = [Triple(stream, RDF.type, LDES.EventStream), *(Triple(stream, name, value) for name, value in said.items())]
    found += [
        Triple(root, RDF.type, TREE.Node),
        Triple(root, TREE.viewDescription, view),
        Triple(view, RDF.type, TREE.ViewDescription),
        Triple(view, LDES.retentionPolicy, policy),
        Triple(policy, RDF.type, LDES.RetentionPolicy),
        Triple(policy, LDES.fullLogDuration, Literal(_KEPT_FOR, datatype=XSD.duration)),
    ]
    for number, (path, day) in enumerate(pages):
        relation = NamedNode(f"{root.value}#r{number}")
        found += [
            Triple(root, TREE.relation, relation),
            Triple(relation, RDF.type, TREE.GreaterThanOrEqualToRelation),
            Triple(relation, TREE.path, DCT.created),
            Triple(relation, TREE.value, Literal(f"{day}T00:00:00Z", datatype=XSD.dateTime)),
            Triple(relation, TREE.node, NamedNode(f"{public}/{path}")),
        ]
    return serialize(found, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
