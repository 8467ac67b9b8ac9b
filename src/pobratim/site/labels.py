"""What things and properties are called on pages: their labels, or what stands for one where the data give none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pobratim.messages import Language
from pobratim.rdf.iris import VOCABULARY
from pobratim.site.asking import Asker, Term
from pobratim.site.values import date_text, duration_text, point_of, share_text
from pobratim.site.words import word, words

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCT = "http://purl.org/dc/terms/"
CV = "http://data.europa.eu/m8g/"
OA = "http://www.w3.org/ns/oa#"
DQV = "http://www.w3.org/ns/dqv#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LABEL, TYPE = RDFS + "label", RDF + "type"
MENTION = VOCABULARY + "Mention"
PARTICIPATION = CV + "hasParticipation"
DATE = VOCABULARY + "edtf"
_WHOLE_TEXT = 160
_NAMES = 4_000
"""Properties and classes that are remembered; IRIs of things come and go."""
_PARTS = {"geometry"}
"""Ends of the IRIs of parts (rdf/iris.py, derived_iri): no names."""
_DATES = {"http://www.w3.org/2001/XMLSchema#date", "http://id.loc.gov/datatypes/edtf/EDTF"}
_DURATION = "https://schema.org/Duration"


@dataclass(slots=True)
class Thing:
    """A thing near the one that a page is about: for each relation its values, with the labels of those."""

    iri: str
    told: dict[str, dict[Term, list[Term]]] = field(default_factory=dict)

    def add(self, relation: str, value: Term, name: Term | None) -> None:
        """Take one more row of an answer."""
        names = self.told.setdefault(relation, {}).setdefault(value, [])
        if name is not None and name not in names:
            names.append(name)

    def values(self, relation: str) -> list[Term]:
        """Return the values of a relation."""
        return list(self.told.get(relation, ()))

    def names(self, relation: str, lang: Language) -> list[str]:
        """Return what the values of a relation are called, sorted."""
        found = (best(names, lang) or value.value for value, names in self.told.get(relation, {}).items())
        return sorted(found)

    def types(self) -> set[str]:
        """Return the IRIs of its classes."""
        return {term.value for term in self.values(TYPE)}


class Name(NamedTuple):
    """What a thing is called: ``text``, a short ``note`` beside it, and where it leads if not to itself."""

    text: str
    note: str = ""
    leads_to: str = ""


async def vocabulary(asker: Asker) -> dict[str, dict[str, list[Term]]]:
    """Return all that is said of each class and property of ours, by term and property."""
    found: dict[str, dict[str, list[Term]]] = {}
    for row in await asker.rows("vocabulary-terms"):
        found.setdefault(row["term"].value, {}).setdefault(row["property"].value, []).append(row["value"])
    return found


class Naming:
    """Names in one language."""

    def __init__(self, lang: Language, vocabulary: Mapping[str, Mapping[str, Sequence[Term]]]) -> None:
        """Take the terms of the vocabulary as ``vocabulary`` gives them."""
        self.lang = lang
        self._vocabulary = vocabulary

    def property(self, iri: str, classes: Iterable[str] = ()) -> str:
        """Return what a property or class is called: by pages.yml, else by its label, else by its short name.

        ``classes`` are those of the thing that has the property, which may be called otherwise there.
        """
        short, terms = shortened(iri), words()["terms"]
        of_class = (terms[key] for one in sorted(classes) if (key := f"{short} {shortened(one)}") in terms)
        plain = next(of_class, terms.get(short, {})).get(self.lang)
        return plain or best(self._vocabulary.get(iri, {}).get(LABEL, ()), self.lang) or short

    def inverse(self, iri: str, split: str = "") -> str:
        """Return the heading over things that point here by a property, ``split`` being the class of them."""
        headings = words()["inverse"]
        found = headings.get(f"{shortened(iri)} {shortened(split)}") or headings.get(shortened(iri))
        return found[self.lang] if found else word("points-here", self.lang, property=self.property(iri))

    def definition(self, iri: str) -> str:
        """Return the definition of a term of ours, "" for others."""
        return best(self._vocabulary.get(iri, {}).get(SKOS + "definition", ()), self.lang)

    def kind(self, types: Iterable[str]) -> str:
        """Return what kind of thing has these classes, "" where none of them is known."""
        main = main_type(types)
        return self.property(main) if main else ""

    def literal(self, term: Term) -> str:
        """Return a literal for people: dates in words, codes of places by whose they are, points as written."""
        if term.datatype in _DATES:
            return date_text(term.value, self.lang)
        if term.datatype == _DURATION:
            return duration_text(term.value, self.lang)
        scheme, _, code = term.value.partition(":")
        if code and scheme in words()["codes"]:
            return f"{words()['codes'][scheme][self.lang]} {code}"
        return point_of(term.value) or term.value

    def thing(self, thing: Thing, about: str) -> Name:
        """Return what a thing is called on the page about ``about``."""
        if OA + "hasBody" in thing.told:  # mentions have no class of their own
            return self._mention(thing)
        types = thing.types()
        for wanted, make in _BY_TYPE.items():
            if wanted in types:
                return make(self, thing, about)
        return self._labelled(thing)

    def _labelled(self, thing: Thing) -> Name:
        label = best(thing.values(LABEL), self.lang)
        if label:
            return Name(label, self._note(thing))
        texts = [term.value for relation in (RDF + "value", OA + "exact") for term in thing.values(relation)]
        if texts:
            return Name(shorter(texts[0]), ", ".join(thing.names(DCT + "type", self.lang)))
        dates = [term.value for term in thing.values("http://www.w3.org/2006/time#inXSDDate")]
        points = [term.value for term in thing.values("http://www.opengis.net/ont/geosparql#asWKT")]
        text = date_text(dates[0], self.lang) if dates else point_of(points[0]) if points else ""
        key = "" if key_of(thing.iri) in _PARTS else key_of(thing.iri)
        return Name(text or f"{self.kind(thing.types())} {key}".strip() or thing.iri)

    def _note(self, thing: Thing) -> str:
        numbers = [term.value for term in thing.values(VOCABULARY + "entryNumber")]
        if numbers:
            return word("row-number", self.lang, number=numbers[0])
        return "" if VOCABULARY + "Tie" in thing.types() else self._date(thing)

    def _date(self, thing: Thing) -> str:
        """Return the date, "" for none: that of its event for a participation or contact, the only one of many."""
        dates = sorted(term.value for term in thing.values(DATE))
        return date_text(dates[0], self.lang) if len(dates) == 1 else ""

    def _participation(self, thing: Thing, about: str) -> Name:
        role = ", ".join(thing.names(CV + "role", self.lang))
        when = self._date(thing)
        for relation in (CV + "hasParticipant", PARTICIPATION):
            others = [term for term in thing.values(relation) if term.value != about]
            if others:
                names = [best(thing.told[relation][term], self.lang) or key_of(term.value) for term in others]
                parts = (role, *thing.names(DCT + "type", self.lang), when)
                return Name(names[0], ", ".join(part for part in parts if part), others[0].value)
        return Name(role or key_of(thing.iri))

    def _parties(self, thing: Thing, about: str) -> Name:
        parties = {
            term.value: best(names, self.lang) or key_of(term.value)
            for term, names in thing.told.get(VOCABULARY + "party", {}).items()
        }
        others = sorted(name for iri, name in parties.items() if iri != about)
        kind = self._agreement(thing) if VOCABULARY + "Agreement" in thing.types() else self.kind(thing.types())
        named = (", " if about in parties else " — ").join(others)
        if others and VOCABULARY + "Contact" in thing.types():  # who met is all there is to say
            return Name(named, self._note(thing))
        return Name(f"{kind}: {named}" if others else kind, self._note(thing))

    def _agreement(self, thing: Thing) -> str:
        """Return the label; where that is but the kind in the other language, the kind in this one."""
        label, kinds = best(thing.values(LABEL), self.lang), thing.names(DCT + "type", self.lang)
        others = {name.casefold() for name in thing.names(DCT + "type", "en" if self.lang == "ru" else "ru")}
        return kinds[0].capitalize() if kinds and label.casefold() in others else label

    def _mention(self, thing: Thing) -> Name:
        return Name(f"{self.property(MENTION)}: {thing.names(OA + 'hasBody', self.lang)[0]}")

    def _period(self, thing: Thing, about: str) -> Name:
        """Return a period in words: those of its label, unless that is the period as the graph has it."""
        del about
        label, date = best(thing.values(LABEL), self.lang), self._date(thing)
        is_told = label and label not in (term.value for term in thing.values(DATE))
        return Name(label) if is_told or not date else Name(date)

    def _measurement(self, thing: Thing, about: str) -> Name:
        del about
        metrics, values = thing.names(DQV + "isMeasurementOf", self.lang), thing.values(DQV + "value")
        is_share = any(key_of(term.value).startswith("coverage-") for term in thing.values(DQV + "isMeasurementOf"))
        shown = [share_text(term.value, self.lang) if is_share else term.value for term in values[:1]]
        return Name(" — ".join([*metrics[:1], *shown]) or key_of(thing.iri))


_BY_TYPE = {
    CV + "Participation": Naming._participation,
    VOCABULARY + "Agreement": Naming._parties,
    VOCABULARY + "Contact": Naming._parties,
    DCT + "PeriodOfTime": Naming._period,
    DQV + "QualityMeasurement": Naming._measurement,
}


async def naming(asker: Asker, lang: Language) -> Naming:
    """Return the names of the served generation in a language."""
    return Naming(lang, await asker.once(vocabulary))


def best(terms: Iterable[Term], lang: Language) -> str:
    """Return the text in the language, else in the other one, else in none; "" where there is none at all."""
    order = (lang, "ru", "en", "")
    found = sorted((order.index(term.lang), term.value) for term in terms if term.lang in order)
    return found[0][1] if found else ""


def main_type(types: Iterable[str]) -> str:
    """Return the class that tells most of a thing: the first of pages.yml's list, "" where none is in it."""
    shorts = {shortened(iri): iri for iri in types}
    return next((shorts[short] for short in words()["kinds"] if short in shorts), "")


@lru_cache(maxsize=_NAMES)
def shortened(iri: str) -> str:
    """Return an IRI as prefix and name where pages.yml knows its prefix, else as it is."""
    for prefix, namespace in words()["prefixes"].items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@lru_cache(maxsize=_NAMES)
def expanded(short: str) -> str:
    """Return the IRI of a shortened name; what has no prefix of ours stays as it is."""
    prefix, _, name = short.partition(":")
    namespace = words()["prefixes"].get(prefix)
    return f"{namespace}{name}" if namespace else short


def key_of(iri: str) -> str:
    """Return the end of an IRI, for things without any name."""
    return iri.rstrip("/").rpartition("/")[2].rpartition("#")[2] or iri


def shorter(text: str) -> str:
    """Return a text of one line that is cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _WHOLE_TEXT else line[:_WHOLE_TEXT].rpartition(" ")[0] + " …"
