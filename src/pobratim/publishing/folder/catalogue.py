"""The catalogue: DCAT-AP 3.0.1, so that CKAN, udata, data.europa.eu and Google take it the first time.

What portals do with each term was measured; the reasons stand beside what they shaped. A file a syntax, one graph.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from pobratim.messages import Language
from pobratim.publishing.authorities import authorities
from pobratim.publishing.folder.area import Area
from pobratim.publishing.folder.editions import Edition, Since, Version
from pobratim.publishing.folder.offers import ALL, Format, Offer, Set
from pobratim.publishing.folder.words import both
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import VOCABULARY
from pobratim.rdf.terms import ADMS, DCAT, DCT, DQV, FOAF, GEO, OWL, PROV, RDF, RDFS, SKOS, SPDX, VCARD, XSD, Namespace

FORMS: Mapping[str, RdfFormat] = {"ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
FILE = "catalog"
DCATAP = Namespace("http://data.europa.eu/r5r/")
_EU = "http://publications.europa.eu/resource/authority/"
_PUBLIC = NamedNode(_EU + "access-right/PUBLIC")
_STABLE = NamedNode(_EU + "planned-availability/STABLE")
_GZIP = NamedNode("http://www.iana.org/assignments/media-types/application/gzip")
_PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
_MODEL = NamedNode(VOCABULARY.removesuffix("#"))
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "spdx": "http://spdx.org/rdf/terms#", "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/", "skos": "http://www.w3.org/2004/02/skos/core#", "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#", "dqv": "http://www.w3.org/ns/dqv#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "geo": "http://www.opengis.net/ont/geosparql#",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """What a catalogue describes. ``measured`` are the statements on the quality of each report, by its IRI."""

    publication: Publication
    edition: Edition
    sets: Sequence[Set]
    since: Mapping[str, Since]
    versions: Sequence[Version]
    area: Area
    measured: Mapping[str, Sequence[Triple]]


def files_of(told: Described) -> dict[str, bytes]:
    """Return the files of a catalogue by ending."""
    made = _Catalogue(told)
    made.describe()
    triples = sorted(made.held, key=str)
    return {ending: serialize(triples, format=form, prefixes=_PREFIXES) or b"" for ending, form in FORMS.items()}


def id_of(base: str, kind: str, key: str = "") -> str:
    """Return the IRI of something that only the catalogue describes: of a data set, a file, the series."""
    return f"{base}/id/{kind}/{key}" if key else f"{base}/id/{kind}"


class _Catalogue:
    """Collects the triples."""

    def __init__(self, told: Described) -> None:
        self.held: dict[Triple, None] = {}
        self._told, self._public = told, told.publication.public_url
        self._base = told.publication.base
        self._catalogue, self._series = self._id("catalog"), self._id("catalog", "series")
        self._publisher, self._contact = self._id("catalog", "publisher"), self._id("catalog", "contact")
        self._licence = NamedNode(told.publication.licence.iri)
        self._languages = [NamedNode(authorities().languages[lang]) for lang in told.publication.languages]

    def describe(self) -> None:
        """Add everything."""
        self._add_catalogue()
        self._add_agents()
        self._add_area()
        self._add_documents()
        periods = [each for each in self._told.sets if each.key != ALL]
        if periods:
            self._add_series(periods)
        for each in self._told.sets:
            self._add_set(each)
        if self._told.publication.endpoint:
            self._add_service()

    def _id(self, kind: str, key: str = "") -> NamedNode:
        return NamedNode(id_of(self._base, kind, key))

    def _url(self, path: str) -> NamedNode:
        return NamedNode(f"{self._public}/{path}")

    def _add(self, subject: NamedNode, predicate: NamedNode, *objects: NamedNode | Literal) -> None:
        for value in objects:
            self.held[Triple(subject, predicate, value)] = None

    def _say(self, subject: NamedNode, predicate: NamedNode, said: Mapping[Language, str]) -> None:
        wanted = self._told.publication.languages
        self._add(subject, predicate, *(Literal(said[lang], language=lang) for lang in wanted if lang in said))

    def _date(self, subject: NamedNode, predicate: NamedNode, day: str) -> None:
        self._add(subject, predicate, Literal(day, datatype=XSD.date))

    def _add_catalogue(self) -> None:
        own, told = self._catalogue, self._told
        whole = told.since[ALL]
        self._add(own, RDF.type, DCAT.Catalog)
        self._say(own, DCT.title, both("catalogue-title", title=told.publication.title))
        self._say(own, DCT.description, told.publication.description)
        self._add(own, DCT.publisher, self._publisher)
        self._add(own, DCT.license, self._licence)
        self._add(own, FOAF.homepage, self._url(""))
        self._add(own, DCT.language, *self._languages)
        self._add(own, DCT.spatial, NamedNode(told.area.iri))
        self._add(own, DCAT.themeTaxonomy, NamedNode(_EU + "data-theme"))
        self._date(own, DCT.issued, whole.issued)
        self._date(own, DCT.modified, told.edition.day.isoformat())
        # The series is reached by inSeries alone: in dcat:dataset it is no dcat:Dataset, which the range forbids.
        self._add(own, DCAT.dataset, *(self._id("dataset", each.key) for each in told.sets))

    def _add_agents(self) -> None:
        publication = self._told.publication
        self._add(self._publisher, RDF.type, FOAF.Agent, FOAF.Organization)
        self._say(self._publisher, FOAF.name, publication.publisher.name)
        self._add(self._publisher, FOAF.homepage, NamedNode(publication.publisher.homepage))
        self._add(self._publisher, FOAF.mbox, NamedNode(f"mailto:{publication.contact.email}"))
        self._add(self._publisher, DCT.type, NamedNode(publication.publisher.kind))
        self._add(self._publisher, DCT.identifier, Literal(f"inn:{publication.publisher.inn}"))
        self._add(self._contact, RDF.type, VCARD.Organization)
        self._say(self._contact, VCARD.fn, publication.contact.name)
        self._add(self._contact, VCARD.hasEmail, NamedNode(f"mailto:{publication.contact.email}"))
        self._add(
            self._contact, VCARD.hasURL, NamedNode(publication.contact.homepage or publication.publisher.homepage)
        )

    def _add_area(self) -> None:
        area = self._told.area
        node = NamedNode(area.iri)
        self._add(node, RDF.type, DCT.Location, SKOS.Concept)
        self._say(node, SKOS.prefLabel, area.name)
        self._say(node, RDFS.label, area.name)
        if area.box:
            self._add(node, DCAT.bbox, Literal(area.box, datatype=GEO.wktLiteral))
            self._add(node, DCAT.centroid, Literal(area.centre, datatype=GEO.wktLiteral))

    def _add_documents(self) -> None:
        for path in ("", "def"):
            self._add(self._url(path), RDF.type, FOAF.Document)
        self._add(NamedNode(self._told.publication.publisher.homepage), RDF.type, FOAF.Document)
        self._add(_MODEL, RDF.type, DCT.Standard)
        # CKAN knows a licence by its title alone, and leaves it out with the EU IRI by itself.
        self._add(self._licence, RDF.type, DCT.LicenseDocument)
        self._add(self._licence, DCT.title, Literal(self._told.publication.licence.title, language="en"))
        kind = NamedNode(self._told.publication.licence.kind)
        self._add(self._licence, DCT.type, kind)
        self._add(kind, RDF.type, SKOS.Concept)
        self._add(kind, SKOS.prefLabel, Literal(kind.value.rpartition("/")[2], language="en"))
        self._add(kind, SKOS.inScheme, NamedNode(f"{kind.value.rpartition('/')[0]}/1.0"))

    def _add_series(self, periods: Sequence[Set]) -> None:
        own, publication = self._series, self._told.publication
        days = [self._told.since[each.key] for each in periods]
        # Never typed dcat:Dataset: CKAN would make an empty data set of it.
        self._add(own, RDF.type, DCAT.DatasetSeries)
        self._say(own, DCT.title, both("series-title", title=publication.title))
        self._say(own, DCT.description, publication.description)
        self._add(own, DCT.publisher, self._publisher)
        self._add(own, DCAT.contactPoint, self._contact)
        self._add(own, DCT.accrualPeriodicity, NamedNode(publication.frequency))
        self._add(own, DCT.spatial, NamedNode(self._told.area.iri))
        self._date(own, DCT.issued, min(each.issued for each in days))
        self._date(own, DCT.modified, max(each.modified for each in days))
        spans = [each.span for each in periods if each.span]
        self._period(own, f"{own.value}/period", (min(span[0] for span in spans), max(span[1] for span in spans)))
        self._add(own, DCAT.first, self._id("dataset", periods[0].key))
        self._add(own, DCAT.last, self._id("dataset", periods[-1].key))
        for former, later in pairwise(periods):
            self._add(self._id("dataset", later.key), DCAT.prev, self._id("dataset", former.key))

    def _period(self, subject: NamedNode, iri: str, span: tuple[date, date]) -> None:
        node = NamedNode(iri)
        self._add(subject, DCT.temporal, node)
        self._add(node, RDF.type, DCT.PeriodOfTime)
        self._date(node, DCAT.startDate, span[0].isoformat())
        self._date(node, DCAT.endDate, span[1].isoformat())

    def _add_set(self, one: Set) -> None:
        own, publication, days = self._id("dataset", one.key), self._told.publication, self._told.since[one.key]
        self._add(own, RDF.type, DCAT.Dataset)
        self._say(own, DCT.title, one.title)
        self._say(own, DCT.description, one.description)
        self._add(own, DCT.identifier, Literal(own.value))
        self._identify(own)
        self._add(own, DCT.publisher, self._publisher)
        self._add(own, DCT.creator, self._publisher)
        self._add(own, DCAT.contactPoint, self._contact)
        for lang in publication.languages:
            self._add(own, DCAT.keyword, *(Literal(each, language=lang) for each in publication.keywords[lang]))
        self._add(own, DCAT.theme, *map(NamedNode, publication.themes))
        self._date(own, DCT.issued, days.issued)
        self._date(own, DCT.modified, days.modified)
        self._add(own, DCT.language, *self._languages)
        # Exactly one: of two, CKAN takes the last in the order of its hashes.
        self._add(own, DCT.spatial, NamedNode(self._told.area.iri))
        if one.span:
            self._period(own, f"{own.value}/period", one.span)
        self._add(own, DCT.accrualPeriodicity, NamedNode(publication.frequency))
        self._add(own, DCT.accessRights, _PUBLIC)
        self._version(own)
        if one.quarter:
            self._add(own, DCAT.inSeries, self._series)
        self._add(own, DCAT.landingPage, self._url(""))
        self._add(own, FOAF.page, self._url("def"))
        self._add(own, DCT.conformsTo, _MODEL)
        self._derived(own, one)
        for offer in one.offers:
            self._add_file(own, one, offer, days)

    def _identify(self, own: NamedNode) -> None:
        node = NamedNode(f"{own.value}/identifier")
        self._add(own, ADMS.identifier, node)
        self._add(node, RDF.type, ADMS.Identifier)
        self._add(node, SKOS.notation, Literal(own.value, datatype=XSD.anyURI))

    def _version(self, own: NamedNode) -> None:
        number, last = self._told.edition.number, self._told.versions[-1]
        self._add(own, DCAT.version, Literal(number))
        self._add(own, OWL.versionInfo, Literal(number))
        self._say(own, ADMS.versionNotes, notes(last, is_first=len(self._told.versions) == 1))
        former = self._told.edition.former.last
        known = self._told.edition.former.sets
        if former is not None and own.value.rpartition("/")[2] in known:
            node = NamedNode(f"{own.value}/version/{former.number}")
            self._add(own, DCAT.previousVersion, node)
            # No data set, of which CKAN would make an empty one.
            self._add(node, RDF.type, PROV.Entity)
            self._add(node, DCAT.version, Literal(former.number))
            self._date(node, DCT.issued, former.issued)

    def _derived(self, own: NamedNode, one: Set) -> None:
        """Say what a data set was read from. CKAN would make an empty data set of what dct:source names."""
        told = NamedNode(f"{own.value}/provenance")
        self._add(own, DCT.provenance, told)
        self._add(told, RDF.type, DCT.ProvenanceStatement)
        self._say(told, RDFS.label, both("provenance"))
        made = NamedNode(f"{own.value}/activity")
        self._add(own, PROV.wasGeneratedBy, made)
        self._add(made, RDF.type, PROV.Activity)
        for report in one.reports:
            self._add(own, PROV.wasDerivedFrom, NamedNode(report))
            self._add(NamedNode(report), RDF.type, PROV.Entity)
            if one.quarter:
                self._measure(own, report)

    def _measure(self, own: NamedNode, report: str) -> None:
        for triple in self._told.measured.get(report, ()):
            self.held[triple] = None
            if isinstance(triple.subject, NamedNode):
                self._add(own, DQV.hasQualityMeasurement, triple.subject)

    def _add_file(self, own: NamedNode, one: Set, offer: Offer, days: Since) -> None:
        node, url = self._id("distribution", f"{one.key}/{offer.key}"), self._url(offer.path)
        self._add(own, DCAT.distribution, node)
        self._add(node, RDF.type, DCAT.Distribution)
        title = {lang: f"{said}, {offer.format.label}" for lang, said in offer.title.items()}
        self._say(node, DCT.title, title)
        self._say(node, DCT.description, both("file-size", what=title, size=offer.told.size))
        self._add(node, DCAT.accessURL, url)
        self._add(node, DCAT.downloadURL, url)
        self._add_format(node, offer.format)
        if offer.is_packed:
            self._add(node, DCAT.compressFormat, _GZIP)
            self._add(_GZIP, RDF.type, DCT.MediaType)
        self._add(node, DCT.license, self._licence)
        # Portals look for rights at each file, not only at the data set.
        self._add(node, DCT.rights, _PUBLIC)
        self._date(node, DCT.issued, days.issued)
        self._date(node, DCT.modified, days.modified)
        self._add(node, DCAT.byteSize, Literal(str(offer.told.size), datatype=XSD.nonNegativeInteger))
        self._add(node, DCATAP.availability, _STABLE)
        self._add(node, DCT.language, *self._languages)
        if offer.follows:
            self._add(node, DCT.conformsTo, NamedNode(offer.follows))
            self._add(NamedNode(offer.follows), RDF.type, DCT.Standard)
        total = NamedNode(f"{node.value}/checksum")
        self._add(node, SPDX.checksum, total)
        self._add(total, RDF.type, SPDX.Checksum)
        self._add(total, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        self._add(total, SPDX.checksumValue, Literal(offer.told.digest, datatype=XSD.hexBinary))

    def _add_format(self, node: NamedNode, form: Format) -> None:
        iri, media = NamedNode(form.iri), NamedNode(form.media)
        self._add(node, DCT["format"], iri)
        self._add(node, DCAT.mediaType, media)
        self._add(media, RDF.type, DCT.MediaType)
        # With this type and a label CKAN shows "CSV"; without them the whole IRI.
        self._add(iri, RDF.type, DCT.IMT, DCT.MediaTypeOrExtent, SKOS.Concept)
        self._add(iri, RDFS.label, Literal(form.label))
        self._add(iri, SKOS.prefLabel, Literal(form.label, language="en"))
        self._add(iri, SKOS.inScheme, NamedNode(_EU + "file-type"))

    def _add_service(self) -> None:
        """Add the endpoint as a service: as a distribution without a download it would cost points of the MQA."""
        own, publication = self._id("service", "sparql"), self._told.publication
        self._add(self._catalogue, DCAT.service, own)
        self._add(own, RDF.type, DCAT.DataService)
        self._say(own, DCT.title, both("sparql-title"))
        self._say(own, DCT.description, both("sparql-about"))
        self._add(own, DCAT.endpointURL, NamedNode(publication.endpoint))
        self._add(own, DCAT.servesDataset, *(self._id("dataset", each.key) for each in self._told.sets))
        self._add(own, DCT.conformsTo, _PROTOCOL)
        self._add(_PROTOCOL, RDF.type, DCT.Standard)
        self._add(own, DCAT.keyword, Literal("SPARQL", language="en"))
        self._add(own, DCT.publisher, self._publisher)
        self._add(own, DCAT.contactPoint, self._contact)
        self._add(own, DCAT.theme, *map(NamedNode, publication.themes))
        self._add(own, DCT.license, self._licence)
        self._add(own, DCT.accessRights, _PUBLIC)


def notes(version: Version, is_first: bool) -> Mapping[Language, str]:
    """Return what a version changed, in words."""
    if is_first:
        return both("first-version")
    if version.is_same_data:
        return both("same-data")
    return both("next-version", added=version.added, removed=version.removed)
