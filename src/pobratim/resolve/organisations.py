"""Which mentions name one organisation: by key, then bare ones by what the documents know, then typos."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from pobratim.entities import OrganisationEntity, Undecided
from pobratim.record import Institution
from pobratim.resolve.clusters import Clusters, blocks
from pobratim.resolve.keys import organisation_key
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.resolve.words import adjective_of, differ_by_typos, folded, lemmas, similarity, without_number

SAME_NAME = 0.92
"""Least similarity (0..1) of two names in one place that differ by typos only."""
ALIKE = 0.80
"""Least similarity of two names in one place that a person should compare."""
_TOWN_WORDS = frozenset({"город", "г", "имя", "им"})


@dataclass(frozen=True)
class Naming:
    """All mentions of one report that name an organisation in the same terms.

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
    def bare(self) -> bool:
        """Tell whether nothing says which of many it is: «Гимназия № 7», «Администрация» without a place."""
        return not self.place and not self.region and (bool(self.number) or not self.words)


@dataclass(frozen=True, slots=True)
class Mention:
    """One institution of one record (``row`` and ``report``) with its place's key."""

    report: str
    row: int
    institution: Institution
    place: str


@dataclass(slots=True)
class Organisations:
    """The outcome: a key for every mention (report, row, temporary id), the entities, and open questions."""

    keys: dict[tuple[str, int, str], str] = field(default_factory=dict)
    entities: list[OrganisationEntity] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)


def naming(mention: Mention, vocabulary: Vocabulary) -> Naming:
    """Return what of a mention identifies its organisation."""
    one = mention.institution
    honorific = frozenset(word for word in lemmas(one.honorific) if len(word) > 2) - _TOWN_WORDS
    words, label = _identifying(one, honorific, vocabulary)
    own = folded(one.name)
    return Naming(
        mention.report,
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


def _identifying(
    one: Institution, honorific: frozenset[str], vocabulary: Vocabulary
) -> tuple[tuple[str, ...], str]:
    """Return lemmas and spelling of the proper name, or of what the kind, place and honorific leave of the name."""
    said = vocabulary.explained(one.country, one.region) | _TOWN_WORDS | set(lemmas(one.place))
    said |= vocabulary.legal_forms | set(lemmas(one.legal_form))
    source = one.proper
    if not source:
        source = without_number(one.name)
        said |= honorific | vocabulary.explained(one.kind, *vocabulary.broader.get(one.kind, ()))
    pairs = [(lemma, word) for word in folded(source).split() for lemma in lemmas(word) if len(word) > 1]
    kept = [
        (lemma, word)
        for lemma, word in pairs
        if lemma not in said and word not in said and not (one.place and adjective_of(lemma, one.place))
    ]
    if one.proper and not kept:
        kept = pairs
    return tuple(lemma for lemma, _ in kept), " ".join(word for _, word in kept)


def resolve_organisations(
    mentions: Iterable[Mention], vocabulary: Vocabulary, decided: Verdicts
) -> Organisations:
    """Return keys and entities. The order of ``mentions`` changes nothing."""
    named = [(mention, naming(mention, vocabulary)) for mention in mentions]
    linker = _Linker(sorted({name for _, name in named}, key=_order), vocabulary, decided)
    linker.run()
    keys = linker.keys()
    spoken: dict[str, list[Mention]] = defaultdict(list)
    outcome = Organisations(undecided=linker.open_questions(keys))
    for mention, name in named:
        key = keys[linker.clusters.root(name)]
        outcome.keys[mention.report, mention.row, mention.institution.id] = key
        spoken[key].append(mention)
    merged = {keys[group[0]]: _merged(group, vocabulary) for group in linker.clusters.sets()}
    outcome.entities = [_entity(key, merged[key], spoken[key]) for key in sorted(spoken)]
    return outcome


def _order(name: Naming) -> tuple[str, ...]:
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


class _Linker:
    """Joins namings in the order of trust: decisions, keys, the document's knowledge, all documents', typos."""

    def __init__(self, names: list[Naming], vocabulary: Vocabulary, decided: Verdicts) -> None:
        self._names, self._vocabulary, self._decided = names, vocabulary, decided
        self._own = {name: _key(name) for name in names}
        self.clusters = Clusters(names, self._compatible)
        self._questions: dict[tuple[Naming, Naming], tuple[float, str]] = {}

    def run(self) -> None:
        self._join_decided()
        self._join_equal()
        for across in (False, True):
            self._join_bare(across=across)
        self._join_typos()

    def _compatible(self, left: Naming, right: Naming) -> bool:
        """Tell whether nothing contradicts that two namings mean one organisation."""
        for a, b in ((left.number, right.number), (left.place, right.place), (left.country, right.country)):
            if a and b and a != b:
                return False
        if left.region and right.region and left.region != right.region:
            return False
        unnamed = not (left.detail or right.detail)
        if unnamed and left.honorific and right.honorific and not left.honorific & right.honorific:
            return False
        if frozenset((self._own[left], self._own[right])) in self._decided.different:
            return False
        return self._vocabulary.related(left.kind, right.kind)

    def _join_decided(self) -> None:
        by_key = {key: name for name, key in reversed(self._own.items())}
        for keys in sorted(self._decided.same, key=sorted):
            found = [by_key[key] for key in sorted(keys) if key in by_key]
            for left, right in zip(found, found[1:], strict=False):
                self.clusters.join(left, right)

    def _join_equal(self) -> None:
        def identity(name: Naming) -> Iterator[Hashable]:
            area = name.place or name.region or name.country
            yield (name.kind, name.detail, area, name.report if name.bare else "")

        for alike in blocks(self._names, identity).values():
            for left, right in combinations(alike, 2):
                # One library named after Pushkin, one after Gogol, and a third mention that names neither:
                # the honorific's absence is for the next pass.
                if left.detail or left.honorific == right.honorific or left.honorific & right.honorific:
                    self.clusters.join(left, right)

    def _join_bare(self, *, across: bool) -> None:
        def ways(name: Naming) -> Iterator[Hashable]:
            yield ("detail", name.detail or self._vocabulary.family(name.kind))
            yield ("name", name.short)
            yield from (("name", alias) for alias in name.aliases)

        index = blocks(self._names, ways)
        plans = []
        for name in self._names:
            near = {
                other for way in ways(name) for other in index[way] if across or other.report == name.report
            }
            fuller = [other for other in near if self._fuller(other, name)]
            roots = sorted({self.clusters.root(other) for other in fuller}, key=_order)
            plans.append((name, [root for root in roots if root != self.clusters.root(name)]))
        for name, roots in plans:
            if len(roots) == 1 and not (across and self._vague(name)):
                self.clusters.join(roots[0], name)
            elif across or len(roots) > 1:
                for root in roots:
                    self._ask(name, root, 0.5, "undecided-several" if len(roots) > 1 else "undecided-bare")

    def _fuller(self, other: Naming, name: Naming) -> bool:
        """Tell whether ``other`` may be what ``name`` means, and says more of it."""
        if not self._compatible(other, name) or (name.region and other.region != name.region):
            return False
        if name.short in other.aliases and not name.number and not (name.place and not other.place):
            return True
        if other.detail != name.detail:
            return False
        located = bool(other.place or other.region or other.country)
        more_place = bool(other.place) and not name.place
        more_area = located and not (name.place or name.region or name.country)
        more_kind = other.place == name.place and self._vocabulary.narrower(other.kind, name.kind)
        more_name = (
            bool(other.honorific) and not name.honorific and other.place == name.place and not name.detail
        )
        return more_place or more_area or more_kind or more_name

    @staticmethod
    def _vague(name: Naming) -> bool:
        """Tell whether a naming without a place says too little to be looked for in other reports."""
        return not name.place and (bool(name.number) or len(name.words) < 2)

    def _join_typos(self) -> None:
        def block(name: Naming) -> Iterator[Hashable]:
            if name.words and not name.number:
                yield (self._vocabulary.family(name.kind), name.place, name.region if not name.place else "")

        for near in blocks(self._names, block).values():
            for left, right in combinations(near, 2):
                score = similarity(left.words, right.words)
                if self.clusters.root(left) == self.clusters.root(right) or score < ALIKE:
                    continue
                same = score >= SAME_NAME and differ_by_typos(left.words, right.words)
                if not (same and _digits(left) == _digits(right) and self.clusters.join(left, right)):
                    self._ask(left, right, score, "undecided-similar")

    def _ask(self, left: Naming, right: Naming, score: float, reason: str) -> None:
        self._questions[left, right] = (round(score, 3), reason)

    def keys(self) -> dict[Naming, str]:
        """Return the key of every set by its root; sets whose keys collide get their honorific or country too."""
        merged = {group[0]: _merged(group, self._vocabulary) for group in self.clusters.sets()}
        keys = {root: _key(name) for root, name in merged.items()}
        for key, count in sorted(Counter(keys.values()).items()):
            if count > 1:
                same = sorted((root for root in keys if keys[root] == key), key=_order)
                for number, root in enumerate(same[1:], start=2):
                    extra = " ".join(sorted(merged[root].honorific)) or str(number)
                    keys[root] = organisation_key(key, "", "", extra, "")
        return keys

    def open_questions(self, keys: Mapping[Naming, str]) -> list[Undecided]:
        """Return what stayed undecided, by the final keys, each pair once."""
        found: dict[tuple[str, str], Undecided] = {}
        for (left, right), (score, reason) in self._questions.items():
            a, b = sorted((keys[self.clusters.root(left)], keys[self.clusters.root(right)]))
            refused = frozenset((self._own[left], self._own[right])) in self._decided.different
            if a != b and not refused and ((a, b) not in found or found[a, b].score < score):
                found[a, b] = Undecided("organisation", a, b, score, reason)
        return [found[pair] for pair in sorted(found)]


def _digits(name: Naming) -> list[str]:
    return sorted(word for word in name.words if any(char.isdigit() for char in word))


def _key(name: Naming) -> str:
    area = name.place or name.region or name.country
    if name.bare:
        area = f"{name.country} {name.report}"
    return organisation_key(area, name.kind, name.number, name.label, " ".join(sorted(name.honorific)))


def _merged(group: list[Naming], vocabulary: Vocabulary) -> Naming:
    """Return the naming that says most, completed by the others."""

    def said(name: Naming) -> tuple[bool, bool, bool, int, tuple[str, ...]]:
        depth = len(vocabulary.broader.get(name.kind, ())) + bool(name.kind)
        return (not name.place, not name.region, not name.detail, -depth, _order(name))

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


def _entity(key: str, name: Naming, mentions: list[Mention]) -> OrganisationEntity:
    ones = [mention.institution for mention in mentions]
    spellings = Counter(one.name for one in ones)
    names = sorted(spellings, key=lambda text: (-spellings[text], -len(text), text))
    further = sorted({alias for one in ones for alias in one.aliases} - set(names))
    honorifics = Counter(one.honorific for one in ones if one.honorific)
    return OrganisationEntity(
        key,
        (*names, *further),
        name.kind,
        name.place,
        name.country,
        name.region,
        name.number,
        tuple(sorted({one.legal_form for one in ones if one.legal_form})),
        min(honorifics, key=lambda text: (-honorifics[text], text)) if honorifics else "",
    )
