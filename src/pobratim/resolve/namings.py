"""The terms in which mentions name organisations, and the key that they make."""

from collections.abc import Hashable
from dataclasses import dataclass, fields
from typing import TypeVar

from pobratim.ground.shared import shared
from pobratim.names.features import Features
from pobratim.names.normalisation import folded
from pobratim.names.similarity import differ_by_typos
from pobratim.record import Institution
from pobratim.resolve.keys import organisation_key
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.text.words import word

Kept = TypeVar("Kept")
NOTHING = Features()


@dataclass(frozen=True, slots=True)
class Mention:
    """One institution of one record (``row`` and ``report``) with its place's key.

    ``near`` is the reporter's key and ``town`` its name, ``area`` the region (notation) of the place, else of the
    reporter. ``read`` is the institution as its name is understood, where that is not how it is written. ``origin``
    tells the report from others whatever its name is, "" where the name does.
    """

    report: str
    row: int
    institution: Institution
    place: str
    near: str = ""
    area: str = ""
    town: str = ""
    read: Institution | None = None
    origin: str = ""


class _Remembering:
    """What of a naming is made once, when it is first asked for; a dictionary for each would be a kilobyte."""

    __slots__ = ("_detail", "_hash", "_sorting")
    _detail: Hashable
    _hash: int
    _sorting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming(_Remembering):
    """All mentions that name an organisation in the same terms.

    ``report`` (its ``origin``) is given only where neither place nor region is: such names are understood report by
    report.
    ``words`` are the lemmas that identify it where it has no number; ``label`` the same words as written;
    ``place`` a place key, ``near`` that of the reporter where nothing places the name; ``honorific`` the lemmas of the
    person it is named after; ``terms`` what all its words say; ``area`` the region of its place. ``national`` is a
    name without a place that its country or kind makes one of its country («Минспорта России»), ``sovereign`` one that
    names its country. ``form`` tells a firm's legal form from an institution's, and of which sort the firm is.
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
    near: str = ""
    features: Features = NOTHING
    area: str = ""
    national: bool = False
    sovereign: bool = False
    form: str = ""

    def __hash__(self) -> int:
        """Return a hash of what mostly differs, made once: names are looked up far more often than made."""
        try:
            return self._hash
        except AttributeError:
            told = (self.report, self.kind, self.number, self.label, self.place, self.near, self.short)
            return self._kept("_hash", hash(told))

    @property
    def sorting(self) -> tuple[str, ...]:
        """Return all fields, as text: no two namings are sorted by chance."""
        try:
            return self._sorting
        except AttributeError:
            return self._kept("_sorting", self._as_text())

    def _as_text(self) -> tuple[str, ...]:
        return (
            self.report,
            self.kind,
            self.number,
            self.label,
            self.place,
            self.region,
            self.country,
            self.short,
            self.near,
            self.area,
            " ".join(sorted(self.honorific)),
            "|".join(sorted(self.aliases)),
            self.form,
            f"{self.national}{self.sovereign}",
            *(_told(getattr(self.features, part.name)) for part in fields(Features)),
        )

    @property
    def shape(self) -> Hashable:
        """Return all that tells namings apart but the report that an unplaced one is of."""
        return ("", *self.sorting[1:]) if self.report and not self.bare else self.sorting

    @property
    def detail(self) -> Hashable:
        """Return the number, or else the name's words whatever their order."""
        try:
            return self._detail
        except AttributeError:
            return self._kept("_detail", self.number or shared(frozenset(self.words)))

    def _kept(self, name: str, value: Kept) -> Kept:
        object.__setattr__(self, name, value)
        return value

    def near_in_words(self, other: "Naming") -> bool:
        """Tell whether one name only says more than the other, or the two differ by what may be misprints."""
        ours, theirs = set(self.words), set(other.words)
        return ours <= theirs or theirs <= ours or differ_by_typos(self.words, other.words)

    @property
    def placeless(self) -> bool:
        """Tell whether nothing says where it is."""
        return not self.place and not self.region

    @property
    def initials(self) -> bool:
        """Tell whether the name is written in initials only: what kind it is of is guessed from the last letter."""
        return bool(self.features.acronym) and self.short.split()[:1] == [folded(self.features.acronym)]

    @property
    def place_or_near(self) -> str:
        """Return its place, else its reporter's."""
        return self.place or self.near

    @property
    def bare(self) -> bool:
        """Tell whether nothing says which of many it is: «Гимназия № 7», «Администрация» without a place."""
        return self.placeless and not self.national and (bool(self.number) or not self.words)


def _told(value: object) -> str:
    return " ".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


def local(name: Naming) -> bool:
    """Tell whether a name without a place means its reporter's own: initials, or one everyday word («Маяк»)."""
    said = name.features
    everyday = len(said.words) == 1 and all(_everyday(lemma) for lemma in said.words)
    return bool(name.near) and name.placeless and (bool(said.acronym) or everyday)


def _everyday(lemma: str) -> bool:
    known = word(lemma)
    return known.known and not any(known.has(mark) for mark in ("Geox", "Orgn", "Name", "Surn"))


def order(name: Naming) -> tuple[str, ...]:
    """Return what namings are sorted by, so that the order of input changes nothing."""
    return name.sorting


def own_key(name: Naming) -> str:
    """Return the key that a naming has on its own."""
    area = name.place or name.region or (name.near if local(name) else "") or name.country
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
        best.near,
        best.features,
        next((name.area for name in ordered if name.area), ""),
        best.national,
        best.sovereign,
        next((name.form for name in ordered if name.form), ""),
    )
