"""What the ontology knows of organisation kinds, countries and regions, as far as names are compared."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.skos import Concept
from pobratim.resolve.words import folded, lemmas


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What names take for granted.

    ``broader`` maps a kind to the kinds above it, nearest first; ``words`` a kind, country or region notation
    to the lemmas of its labels; ``legal_forms`` are the folded abbreviations of legal forms («мбоу»); ``names`` maps a
    kind to the lemmas of its preferred label, ``seated`` are the kinds of which a place has one,
    ``single`` those of which a country has one, ``bundles`` those that put different institutions together;
    ``states`` maps a lemma that names one country only to its notation, ``adjectives`` a notation to «белорусский»;
    ``local`` are the kinds of which every town has some, ``regional`` those of which a region has one; ``initials``
    maps a folded abbreviation («тпп») to the kind.
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
    broader = {kind.local: tuple(c.local for c in lexicon.broader(kind)[1:]) for kind in kinds}
    named = [(kind.local, kind) for kind in kinds] + [
        (concept.notation, concept)
        for scheme in ("country", "territory", "region")
        for concept in lexicon.concepts(scheme)
        if concept.notation
    ]
    words = {
        name: frozenset(
            [w for text in (*c.inflected, *c.literal) for w in lemmas(text)]
            + [w for text in c.literal for w in folded(text).split()]
        )
        for name, c in named
    }
    labels = (text for form in lexicon.concepts("legal-form") for text in (*form.inflected, *form.literal))
    seated = frozenset(kind.local for kind in kinds if "true" in kind.extra.get(LEX + "seat", []))
    single = frozenset(
        kind.local for kind in kinds if _marked(kind, "proper") or not any(_marked(kind, m) for m in _MANY)
    )
    names = {kind.local: frozenset(lemmas(kind.label)) for kind in kinds}
    forms = frozenset(folded(part) for text in labels for part in text.split() if " " not in text or part.isupper())
    bundles = frozenset(kind.local for kind in kinds if "true" in kind.extra.get(LEX + "bundle", []))
    local = frozenset(kind.local for kind in kinds if _marked(kind, "perTown"))
    regional = frozenset(kind.local for kind in kinds if _marked(kind, "perRegion"))
    initials = {
        folded(text): kind.local for kind in kinds for text in kind.literal if text.isupper() and len(text) >= _INITIALS
    }
    states, adjectives = _states(lexicon, words), _adjectives(lexicon)
    return Vocabulary(
        broader, words, forms, names, seated, single, bundles, states, adjectives, local, regional, initials
    )


def _adjectives(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    countries = (one for scheme in ("country", "territory") for one in lexicon.concepts(scheme))
    return {one.notation: frozenset(folded(text) for text in one.extra.get(LEX + "adjective", [])) for one in countries}


def _states(lexicon: Lexicon, words: Mapping[str, frozenset[str]]) -> dict[str, str]:
    notations = [one.notation for scheme in ("country", "territory") for one in lexicon.concepts(scheme)]
    named: dict[str, list[str]] = defaultdict(list)
    for notation in notations:
        for lemma in words.get(notation, ()):
            named[lemma].append(notation)
    return {lemma: found[0] for lemma, found in named.items() if len(found) == 1}


_INITIALS = 3
"""Letters of an abbreviation that no other word is likely to be."""
_MANY = ("perTown", "common", "seat", "collective", "discipline")


def _marked(kind: Concept, marker: str) -> bool:
    return "true" in kind.extra.get(LEX + marker, [])
