"""The graph of one report: the report, its rows as accounts, their cells, and what each row adds to an activity."""

from pyoxigraph import Literal, NamedNode, Quad

from pobratim.entities import Account, ActivityEntity, AgreementEntity, Contact, Participation, ReportEntity, Resolution
from pobratim.lexicon.lexicon import lexicon
from pobratim.rdf import vocabulary
from pobratim.rdf.agreements import agreement_facts
from pobratim.rdf.corrections import change_notes
from pobratim.rdf.dates import date_span, temporal_entity
from pobratim.rdf.evidence import annotate
from pobratim.rdf.iris import EntityType, entity_iri, graph_iri
from pobratim.rdf.periods import period_of_time
from pobratim.rdf.terms import CV, DCT, FOAF, LANGUAGE, POB, PROV, RDF, XSD, Graph, day, ru
from pobratim.text.transliterate import slug

_TYPES: dict[str, EntityType] = {
    "organisation": "organisation", "place": "place", "group": "group", "agreement": "agreement",
    "contact": "contact", "activity": "activity", "entry": "entry",
}  # fmt: skip


class ReportWriter:
    """Writes report graphs of one resolution."""

    def __init__(self, resolution: Resolution, base: str) -> None:
        """Index what accounts refer to."""
        self._base = base
        self._accounts = resolution.accounts
        self._activities = {item.key: item for item in resolution.activities}
        self._agreements = {item.key: item for item in resolution.agreements}
        self._named = {item.key for item in resolution.people if item.name}

    def graph(self, report: ReportEntity) -> list[Quad]:
        """Return the quads of a report's graph."""
        graph = Graph(graph_iri(self._base, f"report/{report.slug}"))
        node = self._node("report", report.slug)
        graph.type(node, POB.Report, FOAF.Document, PROV.Entity)
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
        for account in self._accounts:
            if account.record.report == report.slug:
                self._account(graph, node, account)
        return graph.quads()

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

    def _node(self, kind: EntityType, key: str) -> NamedNode:
        return NamedNode(entity_iri(self._base, kind, key))

    def _entity(self, entity: tuple[str, str]) -> NamedNode:
        """Return the node of a (type, key) pair; a person without a name is known by the post."""
        kind, key = entity
        if kind == "person":
            return self._node("person" if key in self._named else "post", key)
        return self._node(_TYPES[kind], key)

    def _account(self, graph: Graph, report: NamedNode, account: Account) -> None:
        record = account.record
        entry = self._node("entry", account.key)
        graph.add(report, POB.entry, entry)
        graph.type(entry, POB.ReportEntry, PROV.Entity)
        graph.label(entry, record.title)
        graph.add(entry, DCT.title, ru(record.title))
        graph.add(entry, DCT.isPartOf, report)
        graph.add(entry, POB.entryNumber, Literal(str(record.row), datatype=XSD.integer))
        if account.reporter:
            graph.add(entry, POB.reportingMunicipality, self._node("place", account.reporter))
        date_span(graph, entry, record.start, record.end)
        self._cells(graph, entry, account)
        if account.activity:
            self._told(graph, entry, account)
        else:
            for key in account.agreements:
                graph.add(entry, POB.states, self._agreement(graph, self._agreements[key]))
        for evidence, about in account.evidence:
            if about[1]:
                annotate(graph, self._base, account.key, evidence, self._entity(about), record.cells[evidence.column])

    def _told(self, graph: Graph, entry: NamedNode, account: Account) -> None:
        """Add the activity that a row tells of, with its contacts and agreements."""
        activity = self._node("activity", account.activity)
        graph.add(entry, POB.reports, activity)
        self._activity(graph, activity, account)
        for contact in account.contacts:
            self._contact(graph, entry, activity, contact)
        for key in account.agreements:
            node = self._agreement(graph, self._agreements[key])
            if self._agreements[key].status == "in-force":
                graph.add(activity, POB.underAgreement, node)

    def _cells(self, graph: Graph, entry: NamedNode, account: Account) -> None:
        for column, text in sorted(account.record.cells.items()):
            cell = self._node("cell", f"{account.key}/{column}")
            graph.add(entry, DCT.hasPart, cell)
            graph.type(cell, POB.Cell)
            graph.add(cell, RDF.value, Literal(text))
            graph.add(cell, DCT.type, vocabulary.concept("column", column))
            graph.add(cell, DCT.isPartOf, entry)

    def _activity(self, graph: Graph, node: NamedNode, account: Account) -> None:
        """Add what this account tells of its activity; single-valued facts only from the canonical account."""
        record = account.record
        entity = self._activities[account.activity]
        graph.type(node, POB.Activity, PROV.Activity)
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
        kind, name = participation.agent
        node = self._node("participation", f"{key}/{kind}/{name}/{participation.role}")
        graph.add(activity, CV.hasParticipation, node)
        graph.type(node, CV.Participation)
        graph.add(node, CV.role, vocabulary.concept("role", participation.role))
        graph.add(node, CV.hasParticipant, agent)
        if kind == "place":
            graph.type(agent, FOAF.Agent)
        if participation.person_class:
            graph.add(node, DCT.type, vocabulary.concept("person-class", participation.person_class))
            graph.add(node, DCT.conformsTo, vocabulary.concept("person-rule", participation.rule))

    def _contact(self, graph: Graph, entry: NamedNode, activity: NamedNode, contact: Contact) -> None:
        node = self._node("contact", contact.key)
        graph.add(entry, POB.states, node)
        graph.type(node, POB.Contact, PROV.Entity)
        graph.add(node, POB.party, self._entity(contact.home), self._entity(contact.foreign))
        graph.add(node, POB.basis, activity)

    def _agreement(self, graph: Graph, agreement: AgreementEntity) -> NamedNode:
        node = self._node("agreement", agreement.key)
        graph.type(node, POB.Agreement, PROV.Entity)
        kind = lexicon().concept("agreement-kind", agreement.kind)
        graph.label(node, kind.label.capitalize())
        graph.add(node, DCT.title, ru(kind.label.capitalize()))
        graph.add(node, DCT.type, vocabulary.concept("agreement-kind", agreement.kind))
        graph.add(node, POB.status, vocabulary.concept("agreement-status", agreement.status))
        agreement_facts(graph, node, agreement)
        graph.add(node, POB.party, *(self._entity(party) for party in agreement.parties))
        for kind_name, key in agreement.parties:
            if kind_name == "place":
                graph.type(self._node("place", key), FOAF.Agent)
        change_notes(graph, node, "agreement", agreement.corrections)
        if agreement.signed_at:
            graph.add(node, POB.signedAt, self._node("activity", agreement.signed_at))
        return node
