"""Join the namings of one organisation: by key, then bare ones by what the reports know, then typos."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import combinations, pairwise

from pobratim.entities import Undecided
from pobratim.lexicon.words import WORDS
from pobratim.names.comparing import OPEN, SAME
from pobratim.names.normalisation import folded
from pobratim.names.similarity import SHARED_LETTERS, alike_pairs, differ_by_typos
from pobratim.resolve.clusters import Clusters, blocks
from pobratim.resolve.compatibility import FULLER, Knowledge, compatible, why, words_say
from pobratim.resolve.keys import organisation_key
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.namings import Naming, local, merged, order, own_key
from pobratim.resolve.scoring import likeness
from pobratim.resolve.vocabulary import Vocabulary

SAME_NAME = 0.92
"""Least similarity (0..1) of two names in one place that differ by typos only."""
ALIKE = 0.80
"""Least similarity of two names in one place that a person should compare."""
_WORTH_ASKING = 5
_OF_OBLAST, _OF_REGION = WORDS.pairs("regional").keys(), WORDS.of("level-of-region")
_TOO_COMMON = 200
"""How many names may share a word, number or short name of which a single one is looked for: one that more share says
nothing, and comparing them all would make the work grow with the square of a country."""


class Linker:
    """Joins namings in the order of trust: keys, one document, all documents, other words, typos."""

    def __init__(self, occurs: Mapping[Naming, frozenset[str]], vocabulary: Vocabulary, decided: Verdicts) -> None:
        """Take the namings with the reports in which each occurs."""
        self._names, self._occurs = sorted(occurs, key=order), occurs
        self._vocabulary, self._decided = vocabulary, decided
        self._missions, self._generic = vocabulary.having("perCountry"), vocabulary.having("generic")
        self._own = {name: own_key(name) for name in self._names}
        self._known = Knowledge(vocabulary, self._own, decided.different)
        self.clusters = Clusters(self._names, self._compatible, self._shape)
        self._questions: dict[tuple[Naming, Naming], str] = {}

    def run(self) -> None:
        """Join what is one organisation by what the names say."""
        self._join_equal(name for name in self._names if not name.placeless)
        self._join_bare(across=False)
        # A name that its own report places («Заря» in a town) no longer stands for its namesakes elsewhere.
        self._join_equal(name for name in self._names if all(o.placeless for o in self.clusters.members(name)))
        self._join_bare(across=True)
        self._join_alike()
        self._join_typos()

    def _shape(self, name: Naming) -> Hashable:
        # A decision may name the key of one report's mention alone.
        return name if self._decided.different else name.shape

    def _compatible(self, left: Naming, right: Naming) -> bool:
        """Tell whether nothing contradicts that two namings mean one organisation."""
        return compatible(left, right, self._known)

    def _join_equal(self, names: Iterable[Naming]) -> None:
        def identity(name: Naming) -> Iterator[Hashable]:
            area = name.place or name.region or (name.near if local(name) else "") or name.country
            yield (name.kind, name.detail, area, name.report if name.bare else "")

        for equal in blocks(names, identity).values():
            for left, right in pairwise(equal) if equal[0].detail else combinations(equal, 2):
                # One library named after Pushkin, one after Gogol, and a third mention that names neither:
                # the honorific's absence is for the next pass.
                if left.detail or left.honorific == right.honorific or left.honorific & right.honorific:
                    self.clusters.join(left, right)

    def _join_bare(self, *, across: bool) -> None:
        """Join names that say little with the only fuller one, of their reports or (``across``) of all."""
        names = self._distinct() if across else self._names
        index = blocks(names, lambda name: self._shelves(name, across=across))
        # All are looked for before any is joined, so that the order of names changes nothing.
        plans = [(name, self._fuller_ones(name, index, across=across)) for name in names]
        for name, found in plans:
            if self._settled(name, found, across=across):
                self.clusters.join(found[0], name)
            elif (across or len(found) > 1) and len(found) <= _WORTH_ASKING:
                for root in found:
                    self._ask(name, root, "undecided-several" if len(found) > 1 else "undecided-bare")

    def _fuller_ones(self, name: Naming, index: Mapping[Hashable, list[Naming]], *, across: bool) -> list[Naming]:
        """Return the roots of what ``name`` may mean among those that share its number, words or short name."""
        reports = [""] if across else sorted(self._occurs[name])
        shelves = [index[way, name.place, r] for r in reports for way in self._ways(name)]
        near = {other for shelf in shelves if len(shelf) <= _TOO_COMMON for other in shelf}
        roots = {self.clusters.root(other) for other in near if FULLER.verdict(other, name, self._known)}
        joinable = {root for root in roots if self.clusters.joinable(root, name)}
        return sorted(joinable - {self.clusters.root(name)}, key=order)

    def _settled(self, name: Naming, found: list[Naming], *, across: bool) -> bool:
        """Tell whether there is one that ``name`` can mean; in other reports a vague name must have been taught."""
        return len(found) == 1 and not (across and self._vague(name) and not self._taught(name, found[0]))

    def _join_alike(self) -> None:
        """Join names of one place that say the same in other words; what says too little, with the only candidate."""
        open_: dict[Naming, set[Naming]] = {}
        for left, right in self._near_pairs():
            joined = self.clusters.root(left) == self.clusters.root(right)
            if joined or left.bare or right.bare or not self._compatible(left, right):
                continue
            verdict = words_say(left, right).verdict
            if left.kind != right.kind and not self._kinds_agree(left, right):
                continue
            if verdict == SAME and bool(left.number) == bool(right.number):
                self.clusters.join(left, right)
            elif verdict == OPEN and left.kind == right.kind:
                plain, full = sorted((left, right), key=lambda name: (len(name.features.words), order(name)))
                open_.setdefault(plain, set()).add(full)
        for plain, found in sorted(open_.items(), key=lambda item: order(item[0])):
            roots = sorted({self.clusters.root(full) for full in found} - {self.clusters.root(plain)}, key=order)
            if len(roots) == 1:
                self.clusters.join(roots[0], plain)
            elif len(roots) <= _WORTH_ASKING:
                for root in roots:
                    self._ask(plain, root, "undecided-several")

    def _kinds_agree(self, left: Naming, right: Naming) -> bool:
        """Tell whether two kinds of which one is wider may name one organisation.

        A place has one executive committee, however it is called; but its art school and its fine-art school are two
        unless a number, a title or a person says otherwise.
        """
        known = {left.kind, right.kind} - {""}
        anchored = left.features.title & right.features.title or left.features.honour & right.features.honour
        generic = known & self._generic
        told = bool(
            anchored or generic or left.features.acronym or right.features.acronym or (left.number and right.number)
        )
        return len(known) < 2 or known <= self._vocabulary.seated or told

    def _near_pairs(self) -> Iterator[tuple[Naming, Naming]]:
        """Yield the pairs worth comparing: of one place or reporter, with a number, word, person or initials shared."""
        pairs: set[tuple[Naming, Naming]] = set()
        for group in blocks(self._names, partial(_marks, missions=self._missions)).values():
            if len(group) > _TOO_COMMON:
                continue
            pairs.update(pair for pair in combinations(group, 2) if pair[0] != pair[1])
        yield from sorted(pairs, key=lambda pair: (order(pair[0]), order(pair[1])))

    def _distinct(self) -> list[Naming]:
        """Return the namings, those of one set that differ by report only once."""
        seen = {(self.clusters.root(name), order(name)[1:]): name for name in reversed(self._names)}
        return sorted(seen.values(), key=order)

    def _ways(self, name: Naming) -> Iterator[Hashable]:
        yield ("detail", name.detail or self._vocabulary.family(name.kind))
        yield ("name", name.short)
        yield from (("name", alias) for alias in name.aliases)

    def _shelves(self, name: Naming, *, across: bool) -> Iterator[Hashable]:
        for report in [""] if across else self._occurs[name]:
            for way in self._ways(name):
                yield (way, "", report)
                if name.place:
                    yield (way, name.place, report)

    def _taught(self, name: Naming, root: Naming) -> bool:
        """Tell whether a report of the same town gives a name in brackets for the fuller one («ассамблея … (МАГ)»)."""
        members = self.clusters.members(root)
        return any(name.short in one.aliases and name.place_or_near == one.place_or_near for one in members)

    @staticmethod
    def _vague(name: Naming) -> bool:
        """Tell whether a naming without a place says too little to be looked for in other reports."""
        said = sum(word.count("-") + 1 for word in name.words)
        return not name.place and (bool(name.number) or said < 2)

    def _join_typos(self) -> None:
        def block(name: Naming) -> Iterator[Hashable]:
            if name.words and not name.number:
                yield (self._vocabulary.family(name.kind), name.place, name.region if not name.place else "")

        for near in blocks(self._names, block).values():
            distinct = list({frozenset(name.words): name for name in reversed(near)}.values())
            for i, j, score in alike_pairs([tuple(name.short.split()) for name in distinct], ALIKE):
                left, right = distinct[i], distinct[j]
                if self.clusters.root(left) == self.clusters.root(right):
                    continue
                same = score >= SAME_NAME and differ_by_typos(left.words, right.words)
                if same and _digits(left) == _digits(right) and self.clusters.join(left, right):
                    continue
                if left.near_in_words(right):
                    self._ask(left, right, "undecided-similar")

    def _ask(self, left: Naming, right: Naming, reason: str) -> None:
        self._questions[left, right] = reason

    def own_keys(self) -> dict[str, Naming]:
        """Return a naming by the key that it would have on its own, the first one of several."""
        return {key: name for name, key in reversed(self._own.items())}

    def keys(self) -> dict[Naming, str]:
        """Return the key of every set by its root; where keys collide, the honorific or a number is added."""
        whole = {group[0]: merged(group, self._vocabulary) for group in self.clusters.sets()}
        keys = {root: own_key(name) for root, name in whole.items()}
        taken = set(keys.values())
        for roots in blocks(sorted(keys, key=order), lambda root: [keys[root]]).values():
            for number, root in enumerate(roots[1:], start=2):
                person = " ".join(sorted(whole[root].honorific))
                made = [organisation_key(keys[root], "", "", extra, "") for extra in (person, str(number)) if extra]
                keys[root] = next((key for key in made if key not in taken), made[-1])
                taken.add(keys[root])
        return keys

    def open_questions(self, keys: Mapping[Naming, str]) -> list[Undecided]:
        """Return what stayed undecided, by the final keys, each pair once."""
        found: dict[tuple[str, str], Undecided] = {}
        for (left, right), reason in self._questions.items():
            a, b = sorted((keys[self.clusters.root(left)], keys[self.clusters.root(right)]))
            refused = {frozenset((a, b)), frozenset((self._own[left], self._own[right]))} & self._decided.different
            if a == b or refused:
                continue
            score, shared = likeness(left, right, self._vocabulary)
            if (a, b) not in found or found[a, b].score < score:
                found[a, b] = Undecided("organisation", a, b, score, reason, shared, why(left, right, self._known))
        return [found[pair] for pair in sorted(found)]


def _marks(name: Naming, missions: AbstractSet[str]) -> Iterator[Hashable]:
    """Yield what a name and another one of the same organisation are likely to share."""
    whole = name.features.levels & _OF_REGION
    regional = name.region or (name.area if whole or name.initials else "")
    areas = {name.place, name.near, regional} - {""} or {name.country}
    for area in areas | ({name.country} if name.sovereign or name.kind in missions else set()):
        if name.number:
            yield (area, "number", name.number)
            continue
        said = name.features
        for mark in (*said.words, *said.honour):
            yield (area, "word", mark[:SHARED_LETTERS])
        begins = [part[:1] for part in folded(said.core).split()[:3]]
        initials = {said.acronym[:1], *begins[:1]} if said.acronym else begins
        yield from ((area, "initial", letter.lower()) for letter in initials)
        if not said.words:
            yield (area, "plain", "")


def _digits(name: Naming) -> list[str]:
    return sorted(word for word in name.words if any(char.isdigit() for char in word))
