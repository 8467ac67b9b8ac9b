"""What the names in a question mean: values of parameters that stand for things become IRIs, once, before it is asked.

A value is an IRI, a key ("ru-smolensk"), a code ("BY"), a report's file, or any name that search understands. It is
taken where it names one thing for sure (``search.Match``); otherwise the person is told what there is instead.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from pobratim.errors import UsageError
from pobratim.lexicon.gazetteer import Gazetteer, Settlement
from pobratim.messages import Language, text
from pobratim.query.question import THINGS, NamedQuery, Parameter, ThingType
from pobratim.search import Candidate, Match, SearchDocument, SearchIndex
from pobratim.text.folding import folded_words
from pobratim.text.words import word

_TYPES: Mapping[str, tuple[str, ...]] = {
    **{thing: (thing,) for thing in THINGS},
    "party": ("place", "institution", "region", "country"),
    "thing": (
        "place", "institution", "person", "event", "agreement", "series", "report", "country", "region", "topic",
        "event-kind",
    ),
}  # fmt: skip
"""The types of search that a parameter's thing may be of, the likelier first."""
_ANYTHING = "thing"
_ANY = "urn:pobratim:any"
"""Stands for a thing where other values are looked at first: what is wrong with them needs no names."""
_NEAR = 3
"""Things that are offered for a name that means nothing."""
_LISTED = 5
"""Things of one name that are listed for a person to choose from."""
_OTHERS: tuple[str, ...] = ("country", "region", "place", "institution")
"""Types among which a name is looked for that names nothing of the type asked for."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What was understood: the parameter, what was given, the thing's IRI, type and label in the reader's language."""

    parameter: str
    given: str
    iri: str
    type: str
    label: str

    @property
    def is_plain(self) -> bool:
        """Tell whether the label says no more than what was given."""
        return self.given == self.label


class UnknownNameError(UsageError):
    """A name that stands for nothing, or for several things; ``meant`` are what may have been meant."""

    def __init__(
        self, code: str, parameter: Parameter, given: str, meant: Sequence[Reference], **values: object
    ) -> None:
        """Keep the parameter and the things that may have been meant."""
        super().__init__(code, name=parameter.name, value=given, **values)
        self.meant = tuple(meant)


@dataclass(frozen=True, slots=True)
class Understood:
    """The values of a question with IRIs in place of names, and what each name was taken for."""

    values: dict[str, str]
    references: tuple[Reference, ...] = ()


def understand(
    query: NamedQuery, values: Mapping[str, str], index: Callable[[], SearchIndex], lang: Language
) -> Understood:
    """Return the values of a question, defaults among them, with every name resolved.

    ``index`` is called only where there is a name. Raises UnknownNameError for one that means nothing, or several
    things.
    """
    things = [parameter for parameter in query.parameters if parameter.type in THINGS]
    named = {each.name: _ANY for each in things if values.get(each.name, each.default) is not None}
    query.bindings({**values, **named}, lang)
    found, references = dict(values), []
    for parameter in things:
        given = values.get(parameter.name, parameter.default)
        if not given:
            continue
        reference = _Names(index(), parameter, lang).meant(given)
        references.append(reference)
        found[parameter.name] = reference.iri
    return Understood(found, tuple(references))


def look_up(type_: ThingType, given: str, index: SearchIndex, lang: Language) -> Reference:
    """Return what a name means as a value of a type. Raises UnknownNameError as ``understand`` does."""
    parameter = Parameter("q", type_, True, None, {}, "")
    return _Names(index, parameter, lang).meant(given)


def told(references: Iterable[Reference], lang: Language) -> list[str]:
    """Return a line for each name that was not written as the thing's label is."""
    return [
        text("reference-understood", lang, given=each.given, label=each.label, key=key_of(each.iri))
        for each in references
        if not each.is_plain
    ]


def said_of_nothing(
    query: NamedQuery, values: Mapping[str, str], references: Sequence[Reference], lang: Language
) -> str:
    """Return the sentence on an answer without rows, "" where the question has none or a slot of it was not filled."""
    sentence = query.empty.get(lang, "")
    given = {parameter.name: values.get(parameter.name, parameter.default) for parameter in query.parameters}
    labels = {**given, **{each.parameter: each.label for each in references}}
    slots = [name for _, name, _, _ in Formatter().parse(sentence) if name]
    return sentence.format(**labels) if sentence and all(labels.get(name) for name in slots) else ""


def key_of(iri: str) -> str:
    """Return what people may write instead of an IRI: the key of a thing of ours, the end of another IRI."""
    key = iri.partition("/id/")[2].partition("/")[2]
    return key or iri.rstrip("/").rpartition("/")[2]


class _Names:
    """The names of things of one parameter."""

    def __init__(self, index: SearchIndex, parameter: Parameter, lang: Language) -> None:
        self._index, self._parameter, self._lang = index, parameter, lang
        self._types = _TYPES[parameter.type]

    def meant(self, given: str) -> Reference:
        text_ = given.strip().removeprefix("<").removesuffix(">").strip()
        if self._parameter.type == _ANYTHING and "://" in text_:  # rows, cells and phrases have no names
            return Reference(self._parameter.name, given, text_, _ANYTHING, key_of(text_))
        candidates = self._index.candidates(text_, self._types)
        best = [each for each in candidates if each.how == candidates[0].how] if candidates else []
        best = self._first_type(best)
        if not best or not self._is_sure(best[0], text_):
            best = self._former(text_)
        if not best:
            raise self._unknown(given, text_)
        if len(best) > 1:
            raise self._several(given, best)
        return self._reference(given, best[0].document)

    def _first_type(self, best: list[Candidate]) -> list[Candidate]:
        """Return those of the likeliest type: of a party called «Минск» the town, not the hotel."""
        first = min((self._types.index(each.document.type) for each in best), default=0)
        return [each for each in best if self._types.index(each.document.type) == first]

    def _is_sure(self, found: Candidate, given: str) -> bool:
        """Tell whether nothing else than ``found`` can be meant.

        What comes near a name is not meant where a thing of another type bears that very name («Смоленская область» is
        not Смоленск), or a town that no report mentions does (Томск is no mistyped Омск).
        """
        if found.how < Match.MISTYPED:
            return True
        others = self._index.candidates(given, [name for name in _OTHERS if name not in self._types] or ["series"])
        return not any(each.how < Match.MISTYPED for each in others) and not _towns(given)

    def _former(self, given: str) -> list[Candidate]:
        """Return the places that bear the name of today of a town called so before («Свердловск»)."""
        names = dict.fromkeys(town.name for town in _towns(given)) if "place" in self._types else ()
        found = {each.document.iri: each for name in names for each in self._index.candidates(name, ("place",))}
        return [each for each in found.values() if each.how == Match.NAME]

    def _unknown(self, given: str, plain: str) -> UnknownNameError:
        others = [each for each in self._index.candidates(plain, _OTHERS) if each.how < Match.MISTYPED]
        others = [each for each in others if each.document.type not in self._types]
        near = [self._reference(given, each) for each in self._near(plain)]
        said = {"kind": self._kind(), "near": self._listed(near)}
        if others:
            other = others[0].document
            what = text(f"reference-{other.type}", self._lang)
            return UnknownNameError("reference-other-kind", self._parameter, given, near, what=what, **said)
        if "place" in self._types and _towns(plain):
            return UnknownNameError("reference-not-reported", self._parameter, given, near, **said)
        return UnknownNameError("reference-unknown", self._parameter, given, near, **said)

    def _near(self, plain: str) -> list[SearchDocument]:
        """Return what may have been meant: what has the words, else what looks alike."""
        found = [each.document for each in self._index.candidates(plain, self._types) if each.how <= Match.PART]
        found = [*found[:_NEAR], *self._index.nearest(plain, self._types, _NEAR)]
        return list({document.iri: document for document in found}.values())[:_NEAR]

    def _several(self, given: str, best: Sequence[Candidate]) -> UnknownNameError:
        near = [self._reference(given, each.document) for each in best[:_LISTED]]
        return UnknownNameError(
            "reference-several", self._parameter, given, near,
            kind=self._kind(), count=len(best), near=self._listed(near, best),
        )  # fmt: skip

    def _listed(self, near: Sequence[Reference], best: Sequence[Candidate] = ()) -> str:
        """Return the things in words, with what may be written for each."""
        if not near:
            return ""
        places = [self._place(each.document) for each in best] or [""] * len(near)
        parts = [
            text("reference-choice", self._lang, label=each.label + place, key=key_of(each.iri))
            for each, place in zip(near, places, strict=False)
        ]
        code = "reference-choose" if best else "reference-perhaps"
        return " " + text(code, self._lang, choices="; ".join(parts))

    def _place(self, document: SearchDocument) -> str:
        where = [_said(labels, self._lang) for labels in (document.places, document.countries)]
        told = ", ".join(dict.fromkeys(part for part in where if part))
        return f" ({told})" if told else ""

    def _kind(self) -> str:
        return text(f"reference-kind-{self._parameter.type}", self._lang)

    def _reference(self, given: str, document: SearchDocument) -> Reference:
        label = _said(document.labels, self._lang)
        return Reference(self._parameter.name, given, document.iri, document.type, label)


def _said(labels: Mapping[str, str], lang: Language) -> str:
    return labels.get(lang) or next(iter(labels.values()), "")


def _towns(given: str) -> list[Settlement]:
    """Return the settlements that the gazetteer knows by a name, also in another case form."""
    words = folded_words(given)
    lemmas = (reading.lemma for reading in word(words[0]).readings) if len(words) == 1 else ()
    return [town for name in dict.fromkeys((given, " ".join(words), *lemmas)) for town in Gazetteer.load().find(name)]
