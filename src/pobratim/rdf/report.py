"""The graph of one report: the report, its rows as accounts, their cells, and what each row adds to an activity."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from pobratim.entities import Account, ActivityEntity, AgreementEntity, Contact, Participation, ReportEntity, Resolution
from pobratim.lexicon.lexicon import lexicon
from pobratim.rdf import vocabulary
from pobratim.rdf.agreements import agreement_facts
from pobratim.rdf.claims import Claims, own_value
from pobratim.rdf.corrections import change_notes
from pobratim.rdf.dates import date_span, temporal_entity
from pobratim.rdf.evidence import annotate
from pobratim.rdf.iris import graph_iri
from pobratim.rdf.nodes import Nodes
from pobratim.rdf.periods import period_of_time
from pobratim.rdf.terms import CV, DCT, FOAF, LANGUAGE, POB, RDF, XSD, Graph, Object, Triple, day, ru
from pobratim.text.transliterate import slug

_OWN: Mapping[str, Callable[[str], tuple[NamedNode, Object]]] = {
    "kind": lambda kind: (DCT.type, vocabulary.concept("event-kind", kind)),
    "mode": lambda mode: (CV.format, vocabulary.concept("format", mode)),
    "edition": lambda edition: (CV.eventNumber, ru(edition)),
}
"""Facts that an activity has once, from its first account: field of the record → property and value."""


class ReportWriter:
    """Writes report graphs of one resolution."""

    def __init__(self, resolution: Resolution, base: str) -> None:
        """Index what accounts refer to."""
        self._base = base
        self._nodes = Nodes(resolution, base)
        self._node, self._entity = self._nodes.node, self._nodes.entity
        self._claims = Claims(resolution, self._nodes)
        self._activities, self._agreements = self._claims.activities, self._claims.agreements
        self._accounts: dict[str, list[Account]] = defaultdict(list)
        self._tellers: dict[str, list[Account]] = defaultdict(list)
        self._stating: dict[str, list[Account]] = defaultdict(list)
        for account in resolution.accounts:
            self._accounts[account.record.report].append(account)
            if account.activity:
                self._tellers[account.activity].append(account)
            for key in account.agreements:
                self._stating[key].append(account)

    def graph(self, report: ReportEntity) -> Graph:
        """Return a report's graph."""
        graph = Graph(graph_iri(self._base, f"report/{report.slug}"))
        node = self._node("report", report.slug)
        graph.type(node, POB.Report, FOAF.Document)
        graph.label(node, report.title or report.file)
        graph.add(node, DCT.title, ru(report.title or report.file))
        graph.add(node, DCT.identifier, Literal(f"sha256:{report.sha256}"))
        graph.add(node, DCT.language, LANGUAGE.RUS)
        graph.add(node, DCT.source, Literal(report.file))
        country, region = vocabulary.country(report.home_country), vocabulary.region(report.home_region)
        if country is not None:
            graph.add(node, POB.country, country)
        if region is not None:
            graph.add(node, DCT.spatial, region)
        if report.period:
            graph.add(node, DCT.temporal, period_of_time(graph, report.period, self._base))
        if report.issued:
            graph.add(node, DCT.issued, day(report.issued))
        self._source(graph, node, report)
        for account in self._accounts[report.slug]:
            self._account(graph, node, account)
        return graph

    def graphs(self, report: ReportEntity) -> list[Graph]:
        """Return all graphs of a report."""
        return [self.graph(report), self.evidence(report)]

    def around(self, report: ReportEntity, *, with_phrases: bool = True) -> Iterator[Triple]:
        """Yield what other reports tell of the activities and agreements of a report: shapes see these as wholes."""
        own = self._accounts[report.slug]
        stated = [other for account in own for key in account.agreements for other in self._stating[key]]
        told = [other for account in [*own, *stated] for other in self._tellers.get(account.activity, ())]
        others = {one.key: one for one in [*stated, *told] if one.record.report != report.slug}
        for account in others.values():
            graph = Graph(graph_iri(self._base, f"report/{account.record.report}"))
            self._account(graph, self._node("report", account.record.report), account)
            if with_phrases:
                self._phrases(graph, account)
            yield from graph.triples()

    def evidence(self, report: ReportEntity) -> Graph:
        """Return the graph of a report's phrases: what each of them proves, and where it stands."""
        graph = Graph(graph_iri(self._base, f"evidence/{report.slug}"))
        for account in self._accounts[report.slug]:
            self._phrases(graph, account)
        return graph

    def _phrases(self, graph: Graph, account: Account) -> None:
        for evidence, claim in self._claims.of(account):
            annotate(graph, self._base, account.key, evidence, claim, account.record.cells[evidence.column])

    def _source(self, graph: Graph, node: NamedNode, report: ReportEntity) -> None:
        """Add who publishes the report and under which licence, as its source tells; else who answers for it."""
        if report.licence:
            graph.add(node, DCT.license, NamedNode(report.licence))
        name = report.publisher or report.body
        if not name:
            return
        publisher = self._node("publisher", report.source if report.publisher else slug(name))
        graph.add(node, DCT.publisher, publisher)
        graph.type(publisher, FOAF.Agent)
        graph.label(publisher, name)
        graph.add(publisher, DCT.title, ru(name))
        if report.publisher_en:
            graph.label(publisher, report.publisher_en, "en")
        if report.homepage:
            graph.add(publisher, FOAF.homepage, NamedNode(report.homepage))

    def _account(self, graph: Graph, report: NamedNode, account: Account) -> None:
        record = account.record
        entry = self._node("entry", account.key)
        graph.add(report, POB.entry, entry)
        graph.type(entry, POB.ReportEntry)
        graph.label(entry, record.title)
        graph.add(entry, DCT.title, ru(record.title))
        graph.add(entry, DCT.isPartOf, report)
        graph.add(entry, POB.entryNumber, Literal(str(record.row), datatype=XSD.integer))
        if account.reporter:
            graph.add(entry, POB.reportingMunicipality, self._node("place", account.reporter))
        date_span(graph, entry, record.start, record.end)
        self._cells(graph, entry, account)
        for key in account.agreements:
            graph.add(entry, POB.states, self._agreement(graph, self._agreements[key]))
        if account.activity:
            self._told(graph, entry, account)

    def _told(self, graph: Graph, entry: NamedNode, account: Account) -> None:
        """Add the activity that a row tells of, with its contacts, and what the row has of it that others tell
        otherwise."""
        activity = self._node("activity", account.activity)
        graph.add(entry, POB.reports, activity)
        self._activity(graph, activity, account)
        self._own_words(graph, entry, account)
        for contact in account.contacts:
            self._contact(graph, entry, activity, contact)
        for key in account.agreements:
            if self._agreements[key].status == "in-force":
                graph.add(activity, POB.underAgreement, self._node("agreement", key))

    def _own_words(self, graph: Graph, entry: NamedNode, account: Account) -> None:
        """Add kind, form and ordinal as the row has them, where the activity has them from another row."""
        for field, made in _OWN.items():
            value = own_value(account, field)
            if value and self._claims.teller(account, field) == entry:
                graph.add(entry, *made(value))

    def _cells(self, graph: Graph, entry: NamedNode, account: Account) -> None:
        for column, text in sorted(account.record.cells.items()):
            cell = self._node("cell", f"{account.key}/{column}")
            graph.add(entry, DCT.hasPart, cell)
            graph.type(cell, POB.Cell)
            graph.add(cell, RDF.value, Literal(text))
            graph.add(cell, DCT.type, vocabulary.concept("column", column))

    def _activity(self, graph: Graph, node: NamedNode, account: Account) -> None:
        """Add what this account tells of its activity; single-valued facts only from the canonical account."""
        record = account.record
        entity = self._activities[account.activity]
        graph.type(node, POB.Activity)
        if account.places or entity.mode:
            graph.type(node, CV.PublicEvent)
        if entity.canonical == account.key:
            self._description(graph, node, entity)
        if account.own_activity != account.activity:
            graph.add(self._node("activity", account.own_activity), DCT.isReplacedBy, node)
        for topic in record.topics:
            graph.add(node, DCT.subject, vocabulary.concept("topic", topic))
        graph.add(node, POB.place, *(self._node("place", key) for key in account.places))
        countries = [found for code in record.countries if (found := vocabulary.country(code)) is not None]
        graph.add(node, POB.involvesCountry, *countries)
        if account.series:
            graph.add(node, POB.series, self._node("series", account.series))
        for participation in account.participations:
            self._participation(graph, node, account.activity, participation)
        for group in account.groups:
            member = self._node("group", group.key)
            graph.type(member, POB.ParticipantGroup, FOAF.Group, FOAF.Agent)
            graph.label(member, group.name)
            graph.add(member, DCT.title, ru(group.name))
            origin = vocabulary.country(group.country)
            if origin is not None:
                graph.add(member, POB.country, origin)

    def _description(self, graph: Graph, node: NamedNode, entity: ActivityEntity) -> None:
        graph.label(node, entity.title)
        graph.add(node, DCT.title, ru(entity.title))
        graph.add(node, DCT.type, vocabulary.concept("event-kind", entity.kind or "other"))
        if entity.mode:
            graph.add(node, CV.format, vocabulary.concept("format", entity.mode))
        if entity.edition:
            graph.add(node, CV.eventNumber, ru(entity.edition))
        date_span(graph, node, entity.start, entity.end)
        temporal_entity(graph, node, entity.start, entity.end, self._base)
        change_notes(graph, node, "activity", entity.corrections)

    def _participation(self, graph: Graph, activity: NamedNode, key: str, participation: Participation) -> None:
        agent = self._entity(participation.agent)
        node = self._nodes.participation(key, participation.agent, participation.role)
        graph.add(activity, CV.hasParticipation, node)
        graph.type(node, CV.Participation)
        graph.add(node, CV.role, vocabulary.concept("role", participation.role))
        graph.add(node, CV.hasParticipant, agent)
        if participation.agent[0] == "place":
            graph.type(agent, FOAF.Agent)
        if participation.person_class:
            graph.add(node, DCT.type, vocabulary.concept("person-class", participation.person_class))
            graph.add(node, DCT.conformsTo, vocabulary.concept("person-rule", participation.rule))

    def _contact(self, graph: Graph, entry: NamedNode, activity: NamedNode, contact: Contact) -> None:
        node = self._node("contact", contact.key)
        graph.add(entry, POB.states, node)
        graph.type(node, POB.Contact)
        graph.add(node, POB.party, self._entity(contact.home), self._entity(contact.foreign))
        graph.add(node, POB.basis, activity)

    def _agreement(self, graph: Graph, agreement: AgreementEntity) -> NamedNode:
        node = self._node("agreement", agreement.key)
        graph.type(node, POB.Agreement)
        kind = lexicon().concept("agreement-kind", agreement.kind)
        graph.label(node, kind.label.capitalize())
        graph.add(node, DCT.title, ru(kind.label.capitalize()))
        agreement_facts(graph, node, agreement)
        graph.add(node, POB.party, *(self._entity(party) for party in agreement.parties))
        for kind_name, key in agreement.parties:
            if kind_name == "place":
                graph.type(self._node("place", key), FOAF.Agent)
        change_notes(graph, node, "agreement", agreement.corrections)
        if agreement.signed_at:
            graph.add(node, POB.signedAt, self._node("activity", agreement.signed_at))
        return node
