"""What the ontology knows of organisation kinds, countries and regions, as far as names are compared."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.skos import Concept
from pobratim.names.normalisation import folded, lemmas


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What names take for granted.

    ``broader`` maps a kind to the kinds above it, nearest first; ``words`` a kind, country or region notation
    to the lemmas of its labels; ``legal_forms`` are the folded abbreviations of legal forms («мбоу»); ``names`` maps a
    kind to the lemmas of its preferred label, ``seated`` are the kinds of which a place has one,
    ``single`` those of which a country has one, ``bundles`` those that put different institutions together;
    ``states`` maps a lemma that names one country only to its notation, ``adjectives`` a notation to «белорусский»;
    ``local`` are the kinds of which every town has some, ``regional`` those of which a region has one; ``initials``
    maps a folded abbreviation («тпп») to the kind; ``marks`` a marker of the ontology to what carries it;
    ``firms`` maps the folded labels of companies' legal forms to the sort of firm («stock», "" if untold).
    ``put_together`` holds what ``once`` made of all these.
    """

    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    legal_forms: frozenset[str] = frozenset()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    seated: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    bundles: frozenset[str] = frozenset()
    states: Mapping[str, str] = field(default_factory=dict)
    adjectives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    local: frozenset[str] = frozenset()
    regional: frozenset[str] = frozenset()
    initials: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    firms: Mapping[str, str] = field(default_factory=dict)
    put_together: dict[Hashable, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], Iterable[str]]) -> frozenset[str]:
        """Return the words that ``make`` puts together of this vocabulary for a key: one object, however often asked.

        There are hundreds in each, and names by the hundred thousand of which kind, country and region say the same.
        """
        found = self.put_together.get(key)
        if found is None:
            found = self.put_together[key] = frozenset(make())
        return found

    def having(self, mark: str) -> frozenset[str]:
        """Return the kinds and regions that carry ``lex:mark "true"``."""
        return self.marks.get(mark, frozenset())

    def related(self, left: str, right: str) -> bool:
        """Tell whether two kinds can be one organisation's: equal, one unknown, or one above the other."""
        return (
            left == right
            or not left
            or not right
            or left in self.broader.get(right, ())
            or right in self.broader.get(left, ())
        )

    def narrower(self, left: str, right: str) -> bool:
        """Tell whether ``left`` says more than ``right``."""
        return bool(left) and (not right or right in self.broader.get(left, ()))

    def family(self, kind: str) -> str:
        """Return the uppermost kind above ``kind``."""
        above = self.broader.get(kind, ())
        return above[-1] if above else kind

    def called(self, kind: str) -> frozenset[str]:
        """Return the words of a kind's own name: they never tell its organisations apart."""
        return self.names.get(kind, frozenset())

    def explained(self, *names: str) -> frozenset[str]:
        """Return the words that a kind, country or region already says."""
        return frozenset[str]().union(*(self.words.get(name, frozenset()) for name in names))


def from_lexicon(lexicon: Lexicon) -> Vocabulary:
    """Return the vocabulary of the ontology's schemes."""
    kinds = lexicon.concepts("organisation-kind")
    words = _words(lexicon)
    return Vocabulary(
        broader={kind.local: tuple(c.local for c in lexicon.broader(kind)[1:]) for kind in kinds},
        words=words,
        legal_forms=_legal_forms(lexicon),
        names={kind.local: frozenset(lemmas(kind.label)) for kind in kinds},
        seated=_all_marked(kinds, "seat"),
        single=_all_marked(kinds, "proper") | _unmarked(kinds),
        bundles=_all_marked(kinds, "bundle"),
        states=_states(lexicon, words),
        adjectives=_adjectives(lexicon, "country", "territory"),
        local=_all_marked(kinds, "perTown"),
        regional=_all_marked(kinds, "perRegion"),
        initials=_initials(kinds),
        firms=_firms(lexicon),
        marks={mark: lexicon.marked(mark, "organisation-kind", "region") for mark in _MARKS},
    )


def _firms(lexicon: Lexicon) -> dict[str, str]:
    """Return the sort of firm by the labels of its legal form, folded."""
    found: dict[str, str] = {}
    for form in lexicon.concepts("legal-form"):
        sort = next(iter(form.extra.get(LEX + "firm", ())), "")
        if sort or "company" in form.extra.get(LEX + "category", ()):
            found.update((folded(text), sort) for text in (*form.literal, *form.inflected))
    return found


def _words(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the lemmas of the labels of each kind (by its name), country, territory and region (by notation)."""
    named = [(kind.local, kind) for kind in lexicon.concepts("organisation-kind")]
    for scheme in ("country", "territory", "region"):
        named += [(concept.notation, concept) for concept in lexicon.concepts(scheme) if concept.notation]
    found = {name: _labelled(concept) for name, concept in named}
    # «Тувинский театр кукол» is the one of Тыва, as «Брянский театр» is of Брянская область, whose label says it.
    return found | {name: found[name] | told for name, told in _adjectives(lexicon, "region").items() if name}


def _labelled(concept: Concept) -> frozenset[str]:
    """Return the lemmas of a concept's labels, and the words of those that match only as they are spelt."""
    inflected = (lemma for text in (*concept.inflected, *concept.literal) for lemma in lemmas(text))
    return frozenset(inflected) | {word for text in concept.literal for word in folded(text).split()}


def _legal_forms(lexicon: Lexicon) -> frozenset[str]:
    """Return the abbreviations of legal forms, folded, and such parts of longer labels («ООО» in «филиал ООО»)."""
    labels = (text for form in lexicon.concepts("legal-form") for text in (*form.inflected, *form.literal))
    return frozenset(folded(part) for text in labels for part in text.split() if " " not in text or part.isupper())


def _initials(kinds: Iterable[Concept]) -> dict[str, str]:
    """Return the kind of each abbreviation that is long enough to be no other word («тпп»)."""
    literal = ((text, kind.local) for kind in kinds for text in kind.literal)
    return {folded(text): local for text, local in literal if text.isupper() and len(text) >= _INITIALS}


def _adjectives(lexicon: Lexicon, *schemes: str) -> dict[str, frozenset[str]]:
    """Return the adjectives of countries or regions by notation."""
    areas = (one for scheme in schemes for one in lexicon.concepts(scheme))
    return {one.notation: frozenset(folded(text) for text in one.extra.get(LEX + "adjective", [])) for one in areas}


def _states(lexicon: Lexicon, words: Mapping[str, frozenset[str]]) -> dict[str, str]:
    notations = [one.notation for scheme in ("country", "territory") for one in lexicon.concepts(scheme)]
    named: dict[str, list[str]] = defaultdict(list)
    for notation in notations:
        for lemma in words.get(notation, ()):
            named[lemma].append(notation)
    return {lemma: found[0] for lemma, found in named.items() if len(found) == 1}


_INITIALS = 3
"""Letters of an abbreviation that no other word is likely to be."""
_MARKS = ("cityRegion", "dedicated", "generic", "perCountry", "represents", "townTitled", "umbrella")
_MANY = ("perTown", "common", "seat", "collective", "discipline")


def _all_marked(kinds: Iterable[Concept], marker: str) -> frozenset[str]:
    """Return the kinds that the ontology marks (lex:seat, lex:perTown, …)."""
    return frozenset(kind.local for kind in kinds if _marked(kind, marker))


def _unmarked(kinds: Iterable[Concept]) -> frozenset[str]:
    """Return the kinds of which no mark says that a country has many."""
    return frozenset(kind.local for kind in kinds if not any(_marked(kind, marker) for marker in _MANY))


def _marked(kind: Concept, marker: str) -> bool:
    return "true" in kind.extra.get(LEX + marker, [])
