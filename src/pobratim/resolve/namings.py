"""The terms in which a mention names an organisation, and the key that they make."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from pobratim.record import Institution
from pobratim.resolve.keys import organisation_key
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.resolve.words import adjective_of, folded, lemmas, without_number

_TOWN_WORDS = frozenset({"город", "г", "имя", "им"})
_MUNICIPAL = re.compile(r"(?i)\bмуниципальн\w+ образовани\w+|\bМО\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """One institution of one record (``row`` and ``report``) with its place's key."""

    report: str
    row: int
    institution: Institution
    place: str


@dataclass(frozen=True)
class Naming:
    """All mentions that name an organisation in the same terms.

    ``report`` is given only where neither place nor region is: such names are understood report by report.
    ``words`` are the lemmas that identify it where it has no number; ``label`` the same words as written;
    ``place`` a place key; ``honorific`` the lemmas of the person it is named after.
    """

    report: str
    kind: str
    number: str
    words: tuple[str, ...]
    label: str
    place: str
    region: str
    country: str
    honorific: frozenset[str]
    aliases: frozenset[str]
    short: str

    @cached_property
    def detail(self) -> Hashable:
        """Return the number, or else the name's words whatever their order."""
        return self.number or frozenset(self.words)

    @property
    def placeless(self) -> bool:
        """Tell whether nothing says where it is."""
        return not self.place and not self.region

    @property
    def bare(self) -> bool:
        """Tell whether nothing says which of many it is: «Гимназия № 7», «Администрация» without a place."""
        return self.placeless and (bool(self.number) or not self.words)


def naming(mention: Mention, vocabulary: Vocabulary) -> Naming:
    """Return what of a mention identifies its organisation."""
    one = mention.institution
    honorific = frozenset(word for word in lemmas(one.honorific) if len(word) > 2) - _TOWN_WORDS
    words, label = _identifying(one, honorific, vocabulary)
    own = folded(one.name)
    return Naming(
        "" if mention.place or one.region else mention.report,
        one.kind,
        one.number,
        words,
        label,
        mention.place,
        one.region,
        one.country,
        honorific,
        frozenset(_core(alias, one.legal_form, vocabulary) for alias in one.aliases) - {own, ""},
        _core(one.name, one.legal_form, vocabulary),
    )


def _core(name: str, legal_form: str, vocabulary: Vocabulary) -> str:
    """Return a name as aliases are compared: folded, without abbreviations of legal forms."""
    drop = vocabulary.legal_forms | set(folded(legal_form).split())
    return " ".join(word for word in folded(name).split() if word not in drop)


def _identifying(one: Institution, honorific: frozenset[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], str]:
    """Return lemmas and spelling of the proper name, or else what is distinctive in the name."""
    said = vocabulary.explained(one.country, one.region) | _TOWN_WORDS | set(lemmas(one.place))
    said |= vocabulary.legal_forms | set(lemmas(one.legal_form))
    source = one.proper
    if not source:
        source = _MUNICIPAL.sub(" ", without_number(one.name))
        said |= honorific | vocabulary.explained(one.kind, *vocabulary.broader.get(one.kind, ()))
    pairs = [(lemma, word) for word in folded(source).split() for lemma in lemmas(word) if len(word) > 1]
    kept = [
        (lemma, word)
        for lemma, word in pairs
        if lemma not in said and word not in said and not (one.place and adjective_of(lemma, one.place))
    ]
    town = _TOWN_WORDS | set(lemmas(one.place))
    if one.proper and not kept and not all(lemma in town for lemma, _ in pairs):
        # A hotel «Россия» is told by that word; «Город Смоленск» in an administration's name tells nothing.
        kept = pairs
    return tuple(lemma for lemma, _ in kept), " ".join(word for _, word in kept)


def order(name: Naming) -> tuple[str, ...]:
    """Return what namings are sorted by, so that the order of input changes nothing."""
    return (
        name.report,
        name.kind,
        name.number,
        name.label,
        name.place,
        name.region,
        name.country,
        name.short,
        " ".join(sorted(name.honorific)),
        "|".join(sorted(name.aliases)),
    )


def own_key(name: Naming) -> str:
    """Return the key that a naming has on its own."""
    area = name.place or name.region or name.country
    if name.bare:
        area = f"{name.country} {name.report}"
    return organisation_key(area, name.kind, name.number, name.label, " ".join(sorted(name.honorific)))


def merged(group: list[Naming], vocabulary: Vocabulary) -> Naming:
    """Return the naming that says most, completed by the others."""

    def said(name: Naming) -> tuple[bool, bool, bool, int, tuple[str, ...]]:
        depth = len(vocabulary.broader.get(name.kind, ())) + bool(name.kind)
        return (not name.place, not name.region, not name.detail, -depth, order(name))

    best = min(group, key=said)
    ordered = sorted(group, key=said)
    return Naming(
        best.report,
        min(ordered, key=lambda name: said(name)[3]).kind,
        next((name.number for name in ordered if name.number), ""),
        best.words,
        best.label,
        best.place,
        next((name.region for name in ordered if name.region), ""),
        next((name.country for name in ordered if name.country), ""),
        next((name.honorific for name in ordered if name.honorific), frozenset()),
        best.aliases,
        best.short,
    )
