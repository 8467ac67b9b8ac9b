"""The page about one thing: what it is, what is said of it, what points at it, and the phrases it was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from pobratim.rdf.iris import VOCABULARY
from pobratim.site.asking import Asker, Term, both
from pobratim.site.evidence import (
    PHRASES,
    Phrase,
    by_place,
    in_order,
    phrase_count,
    phrases,
    report_rows,
    report_titles,
    some_phrases,
)
from pobratim.site.labels import (
    DCT,
    LABEL,
    MENTION,
    OA,
    RDF,
    SKOS,
    TYPE,
    Naming,
    Thing,
    expanded,
    key_of,
    main_type,
    naming,
    shortened,
    shorter,
)
from pobratim.site.neighbourhood import (
    LISTED,
    SHOWN,
    Direction,
    Group,
    listed,
    neighbourhood,
    said_of_party,
    types_of,
)
from pobratim.site.page import Page, Visit
from pobratim.site.proofs import Proof, Proofs
from pobratim.site.structured_data import structured
from pobratim.site.values import coordinates
from pobratim.site.words import word, words

_CHANGED = SKOS + "changeNote"
"""What people set right, in words of each language: read in one."""
_TOLD_BY = {VOCABULARY + "reports", VOCABULARY + "states"}
_PHRASES_SHOWN = 12
_LISTABLE = 10_000
"""Phrases up to which they have a list: to put more in order takes the engine longer than a page may."""
_FACTS = 8
"""Things up to which the values of a property stand among the facts."""
_CLASSES = 100
"""Sets of classes of which it is remembered what is technical."""
_BODY = OA + "hasBody"
_SYMMETRIC = VOCABULARY + "partner"


class Item(NamedTuple):
    """One value for people: ``link`` leads to its page, ``is_outside`` out of this site; ``proofs`` are phrases."""

    text: str
    link: str = ""
    note: str = ""
    lang: str = ""
    is_outside: bool = False
    proofs: tuple[Proof, ...] = ()


@dataclass(slots=True)
class Section:
    """Values under one heading; ``more`` leads to the rest of ``total``."""

    heading: str
    about: str
    items: list[Item]
    total: int
    more: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about: the IRI, the link of its page, in which directions it is a hub, and whether RDF is cut."""

    iri: str
    page: str
    hubs: tuple[Direction, ...] = ()
    is_cut: bool = False


async def entity_page(asker: Asker, subject: Subject, visit: Visit, is_party: bool = False) -> Page:
    """Return the page about a thing that the data know: what is said of it, and unless it is a party, whose dossier
    tells that, who its partners are and what points at it. Raises as the asker does."""
    names = await naming(asker, visit.lang)
    said = said_of_party(asker, subject.iri) if is_party else neighbourhood(asker, subject.iri, subject.hubs)
    is_large = is_party and "in" in subject.hubs
    # Under each event of a dossier stands its phrase; those of its facts stay with the data of a slim one.
    ask = _no_phrases if is_party and visit.is_slim else some_phrases if is_large else phrases
    groups, found = await both(asker, said, ask(asker, subject.iri, names))
    reports = await asker.once(report_titles) if found else {}
    maker = _Maker(subject, visit, names, groups, Proofs(subject.iri, found, reports))
    if maker.is_mention:
        found = [phrase for phrase in found if phrase.mention == subject.iri]
    rows = await report_rows(asker, maker.told_by(found), visit.lang, found)
    places = by_place(found)
    shown = in_order(places)[: None if maker.is_row else _PHRASES_SHOWN]
    title = maker.title()
    url = visit.addresses.absolute(subject.page)
    count = await phrase_count(asker, subject.iri, found)
    values: dict[str, Any] = {
        "subject": subject,
        "title": title,
        "kind": names.kind(maker.types),
        "others": maker.other_names(title),
        "facts": maker.facts(is_technical=False),
        "technical": [] if visit.is_slim else maker.facts(is_technical=True),
        "sections": maker.sections(),
        "map": maker.on_map(),
        "phrases": shown,
        "reports": reports,
        "phrase_count": count,
        "more_phrases": maker.listing(_BODY, "in") if len(places) > len(shown) and count <= _LISTABLE else "",
        "rows": rows,
        "structured": structured(subject.iri, title, url, groups, names),
    }
    return Page("entity.html", values, forms=rdf_forms(subject.page))


async def _no_phrases(asker: Asker, iri: str, names: Naming) -> list[Phrase]:
    del asker, iri, names
    return []


async def list_page(asker: Asker, subject: Subject, visit: Visit, of: Group, after: str) -> Page:
    """Return one page of all things of a group around a thing. Raises as the asker does."""
    names = await naming(asker, visit.lang)
    values: dict[str, Any] = {"subject": subject, "phrases": [], "reports": {}, "section": None, "next": ""}
    around = Thing(subject.iri)
    for term in await _labels(asker, subject.iri):
        around.add(LABEL, term, None)
    values["title"] = names.thing(around, subject.iri).text
    if (of.property, of.direction) == (_BODY, "in"):
        found = await phrases(asker, subject.iri, names, after)
        values["phrases"] = in_order(by_place(found[:PHRASES]))
        last = found[PHRASES - 1].mention if len(found) > PHRASES else ""
        values["heading"] = word("evidence", visit.lang)
        values["reports"] = await asker.once(report_titles)
    else:
        group = await listed(asker, subject.iri, of, after)
        maker = _Maker(subject, visit, names, [], Proofs(subject.iri, [], {}))
        last = group.things[LISTED - 1].iri if len(group.things) > LISTED else ""
        group.things = group.things[:LISTED]
        values["section"] = maker.section(group, LISTED)
        values["heading"] = values["section"].heading
    if last:
        values["next"] = list_link(subject, of) + "&" + urlencode({"after": last})
    return Page("list.html", values, forms=rdf_forms(subject.page))


def list_link(subject: Subject, of: Group) -> str:
    """Return the link to the whole list of a group."""
    pairs = {"way": of.direction, "of": shortened(of.property)} | ({"class": shortened(of.split)} if of.split else {})
    return f"{subject.page}{'&' if '?' in subject.page else '?'}{urlencode(pairs)}"


def rdf_forms(page: str) -> tuple[tuple[str, str], ...]:
    """Return the links to a page's RDF: (media type, link)."""
    path, mark, query = page.partition("?")
    return tuple(
        (kind, f"{path}.{name}{mark}{query}")
        for name, kind in (
            ("ttl", "text/turtle"),
            ("jsonld", "application/ld+json"),
            ("rdf", "application/rdf+xml"),
            ("nt", "application/n-triples"),
        )
    )


async def _labels(asker: Asker, iri: str) -> list[Term]:
    group = await listed(asker, iri, Group(LABEL, "out"), "")
    return group.literals


class _Maker:
    """Turns groups of terms into sections of a page."""

    def __init__(self, subject: Subject, visit: Visit, names: Naming, groups: Sequence[Group], proofs: Proofs) -> None:
        self._subject, self._visit, self._names, self._groups, self._proofs = subject, visit, names, groups, proofs
        self._said = {group.property: group for group in groups if group.direction == "out"}
        self.types = types_of(groups)
        self.is_mention = MENTION in self.types
        self.is_row = VOCABULARY + "ReportEntry" in self.types

    def title(self) -> str:
        own = Thing(self._subject.iri)
        for prop, group in self._said.items():
            for literal in group.literals:
                own.add(prop, literal, None)
            for thing in group.things:
                value = Term(thing.iri, True)
                own.add(prop, value, None)
                for label in thing.values(LABEL):
                    own.add(prop, value, label)
        name = self._names.thing(own, self._subject.iri)
        return name.text or key_of(self._subject.iri)

    def other_names(self, title: str) -> list[tuple[str, str]]:
        """Return what else the thing is called, with the language."""
        found = [
            (literal.value, literal.lang)
            for prop in (LABEL, SKOS + "altLabel")
            for literal in (self._said[prop].literals if prop in self._said else [])
            if prop != LABEL or literal.lang != self._visit.lang
        ]
        return list({text: (text, lang) for text, lang in reversed(found) if text != title}.values())[::-1][:12]

    def told_by(self, found: Sequence[Phrase]) -> list[str]:
        """Return the report rows to show: the thing itself, those that tell of it, that of a mention."""
        if self.is_row:
            return [self._subject.iri]
        told = [
            thing.iri
            for group in self._groups
            if group.direction == "in" and group.property in _TOLD_BY
            for thing in group.things
        ]
        if self.is_mention:
            told += [phrase.entry for phrase in found]
        return told

    def facts(self, is_technical: bool) -> list[Section]:
        """Return what is said of the thing: what readers look for, or the rest."""
        order, technical = _order(), _technical(frozenset(self.types)) - self._only_dates()
        wanted = [
            group
            for prop, group in self._said.items()
            if group.total
            and not (self.is_row and prop == RDF + "value")
            and (prop in technical or prop.startswith(words()["prefixes"]["lex"])) == is_technical
            and not (self.is_row and prop == DCT + "hasPart")
            and (is_technical or not self._is_long(group))
        ]
        wanted.sort(key=lambda group: (order.get(group.property, len(order)), shortened(group.property)))
        return [self.section(group, SHOWN) for group in wanted]

    def _only_dates(self) -> set[str]:
        """Return the properties of first and last day where no date in words tells them: of ties."""
        return set() if VOCABULARY + "edtf" in self._said else {VOCABULARY + "start", VOCABULARY + "end"}

    @staticmethod
    def _is_long(group: Group) -> bool:
        """Tell whether what is said of the thing is a list of its own rather than a fact, as the rows of a report."""
        return group.property != TYPE and len(group.things) > _FACTS

    def sections(self) -> list[Section]:
        """Return what is said in long lists, then what points at the thing and is not said of it already."""
        order = _inverse_order()
        shown = {thing.iri for group in self._said.values() for thing in group.things}
        found = []
        for group in self._groups:
            if group.direction != "in" or group.property in (_SYMMETRIC, *self._told_as_rows()):
                continue
            before = len(group.things)
            group.things = [thing for thing in group.things if thing.iri not in shown]
            group.total -= before - len(group.things)
            if group.total > 0 and group.things:
                found.append(group)
        found.sort(key=lambda group: self._rank(order, group))
        long = [group for group in self._said.values() if self._is_long(group)]
        return [self.section(group, SHOWN) for group in (*long, *found)]

    def _told_as_rows(self) -> set[str]:
        return _TOLD_BY if VOCABULARY + "Activity" in self.types else set()

    @staticmethod
    def _rank(order: Mapping[str, int], group: Group) -> tuple[int, str]:
        short = shortened(group.property)
        rank = order.get(f"{short} {shortened(group.split)}", order.get(short, len(order)))
        return rank, short

    def section(self, group: Group, most: int) -> Section:
        """Return a group as a section of at most ``most`` values."""
        is_out = group.direction == "out"
        literals = [one for one in group.literals if group.property != _CHANGED or one.lang in ("", self._visit.lang)]
        total = group.total - len(group.literals) + len(literals)
        items = [self._literal(literal, group) for literal in literals[:most]]
        things = self._in_order(group)
        items += things[: most - len(items)]
        if is_out:
            heading = self._names.property(group.property, self.types)
        else:
            heading = self._names.inverse(group.property, group.split)
        more = list_link(self._subject, group) if total > len(items) else ""
        about = self._names.definition(group.property)
        return Section(heading, about, items, total, more, shortened(group.property))

    def _in_order(self, group: Group) -> list[Item]:
        """Return the things of a group: what has a date in its IRI latest first, rows by number, others by name."""
        main = main_type(group.things[0].types()) if group.things else ""
        if main in _LATEST_FIRST:
            return [self._item(thing, group) for thing in reversed(group.things)]
        if main == VOCABULARY + "ReportEntry":
            return [self._item(thing, group) for thing in sorted(group.things, key=_by_number)]
        return self._by_name(group)

    def _by_name(self, group: Group) -> list[Item]:
        items = (self._item(thing, group) for thing in group.things)
        return sorted(items, key=lambda item: (item.text.casefold(), item.note))

    def listing(self, prop: str, way: Direction) -> str:
        """Return the link to the list of a property's values."""
        return list_link(self._subject, Group(prop, way))

    def on_map(self) -> str:
        """Return the address of the place on OpenStreetMap, "" for what has no point."""
        geometry = self._said.get("http://www.opengis.net/ont/geosparql#hasGeometry")
        for thing in geometry.things if geometry else ():
            for term in thing.values("http://www.opengis.net/ont/geosparql#asWKT"):
                if point := coordinates(term.value):
                    return f"https://www.openstreetmap.org/?mlat={point[0]:g}&mlon={point[1]:g}#map=10/{point[0]:g}/{point[1]:g}"
        return ""

    def _literal(self, literal: Term, group: Group) -> Item:
        lang = literal.lang if literal.lang != self._visit.lang else ""
        told = words()["values"].get(f"{shortened(group.property)} {literal.value}")
        text = told[self._visit.lang] if told else self._names.literal(literal)
        return Item(text, lang=lang if text == literal.value else "", proofs=self._proofs.of(group, literal.value))

    def _item(self, thing: Thing, group: Group) -> Item:
        proofs = self._proofs.of(group, thing.iri)
        name = self._names.thing(thing, self._subject.iri)
        own = self._visit.addresses.page(name.leads_to or thing.iri)
        if own is not None:
            is_term = "#" in thing.iri and own.startswith(f"{self._visit.addresses.root}/def")
            return Item(
                self._names.property(thing.iri) if is_term else shorter(name.text), own, name.note, proofs=proofs
            )
        if thing.values(LABEL):
            return Item(name.text, self._visit.addresses.described(thing.iri), name.note, proofs=proofs)
        return outside(thing.iri, self._names)._replace(proofs=proofs)


@cache
def _order() -> Mapping[str, int]:
    """Return the place of each property among the facts."""
    return {expanded(short): rank for rank, short in enumerate(words()["order"])}


@lru_cache(maxsize=_CLASSES)
def _technical(types: frozenset[str]) -> frozenset[str]:
    """Return the properties that readers do not look for: of all things, or ("property class") of a class."""
    named = (short.partition(" ") for short in words()["technical"])
    return frozenset(expanded(prop) for prop, _, of in named if not of or expanded(of) in types)


@cache
def _inverse_order() -> Mapping[str, int]:
    """Return the place of each property by which others point here."""
    return {short: rank for rank, short in enumerate(words()["inverse"])}


_LATEST_FIRST = {VOCABULARY + name for name in ("Activity", "Contact", "Agreement")} | {
    "http://data.europa.eu/m8g/Participation"
}


def _by_number(thing: Thing) -> tuple[str, int, str]:
    """Return the order of report rows: the report, then the number."""
    report, _, number = thing.iri.rpartition("/")
    return report, int(number) if number.isdecimal() else 0, number


def outside(iri: str, names: Naming) -> Item:
    """Return a link out: a term by its name, another site by its own."""
    for start, site in words()["sites"].items():
        if iri.startswith(start):
            return Item(f"{site} {key_of(iri)}".strip(), iri, is_outside=True)
    is_web = iri.startswith(("http://", "https://"))
    return Item(names.property(iri), quote(iri, safe="/:#?&=%+,;@()!$*'~[]") if is_web else "", is_outside=is_web)


__all__ = ["TYPE", "Item", "Section", "Subject", "entity_page", "list_page", "outside", "rdf_forms"]
