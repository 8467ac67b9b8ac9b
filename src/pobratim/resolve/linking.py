"""Join the namings of one organisation: by key, then bare ones by what the reports know, then typos."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations, pairwise
from operator import attrgetter

from pobratim.names.comparing import OPEN, SAME
from pobratim.names.similarity import alike_pairs, differ_by_typos
from pobratim.resolve.blocking import identity, marks, spelling, ways
from pobratim.resolve.clusters import Clusters, blocks, text_of
from pobratim.resolve.compatibility import FULLER, Knowledge, compatible, why, words_say
from pobratim.resolve.doubts import Doubt
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.namings import Naming, merged, order, own_key
from pobratim.resolve.numbering import Base, numbered
from pobratim.resolve.scoring import likeness
from pobratim.resolve.vocabulary import Vocabulary

SAME_NAME = 0.92
"""Least similarity (0..1) of two names in one place that differ by typos only."""
ALIKE = 0.80
"""Least similarity of two names in one place that a person should compare."""
_WORTH_ASKING = 5
TOO_COMMON = 200
"""How many names may share a word, number or short name of which a single one is looked for: one that more share says
nothing, and comparing them all would make the work grow with the square of a country."""
Sizes = Callable[[Hashable], int]
"""How many names stand in a block."""


class Linker:
    """Joins namings in the order of trust: keys, one document, all documents, other words, typos."""

    def __init__(
        self,
        occurs: Mapping[Naming, frozenset[str]],
        vocabulary: Vocabulary,
        decided: Verdicts,
        sizes: Sizes | None = None,
    ) -> None:
        """Take the namings with the reports in which each occurs.

        Where they are not all that there are, ``sizes`` tells how large each block is in truth.
        """
        self._sizes = sizes
        self._names, self._occurs = sorted(occurs, key=order), occurs
        self._vocabulary, self._decided = vocabulary, decided
        self._missions, self._generic = vocabulary.having("perCountry"), vocabulary.having("generic")
        self._own = {name: own_key(name) for name in self._names}
        self._known = known = Knowledge(vocabulary, self._own, decided.different)
        # Functions, no methods: what the clusters hold of the linker would outlive both, being a circle.
        self.clusters = Clusters(
            self._names,
            lambda left, right: compatible(left, right, known),
            # A decision may name the key of one report's mention alone.
            (lambda name: name) if decided.different else attrgetter("shape"),
        )
        self.single: list[Naming] = []
        """The namings that stand for themselves once it has begun (``distinct``)."""
        self.asked: dict[tuple[Naming, Naming], str] = {}
        """Pairs that a person should compare, with the reason."""

    def run(self) -> None:
        """Join what is one organisation by what the names say."""
        self.begin()
        self.finish()

    def begin(self) -> None:
        """Join what is equal and what one document tells, however often names are met elsewhere."""
        self._join_equal(name for name in self._names if not name.placeless)
        self._join_bare(across=False)
        # A name that its own report places («Заря» in a town) no longer stands for its namesakes elsewhere.
        self._join_equal(name for name in self._names if all(o.placeless for o in self.clusters.members(name)))
        self.single = self._distinct()

    def finish(self) -> None:
        """Join by what all documents tell, by other words and in spite of misprints."""
        self._join_bare(across=True)
        self._join_alike()
        self._join_typos()

    def _compatible(self, left: Naming, right: Naming) -> bool:
        """Tell whether nothing contradicts that two namings mean one organisation."""
        return compatible(left, right, self._known)

    def _join_equal(self, names: Iterable[Naming]) -> None:
        for equal in _in_order(blocks(names, lambda name: [identity(name)])):
            for left, right in pairwise(equal) if equal[0].detail else combinations(equal, 2):
                # One library named after Pushkin, one after Gogol, and a third mention that names neither:
                # the honorific's absence is for the next pass.
                if left.detail or left.honorific == right.honorific or left.honorific & right.honorific:
                    self.clusters.join(left, right)

    def _join_bare(self, *, across: bool) -> None:
        """Join names that say little with the only fuller one, of their reports or (``across``) of all."""
        names = self.single if across else self._names
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
        shelves = ((way, name.place, report) for report in reports for way in ways(name, self._vocabulary))
        near = {other for shelf in shelves if not self._crowded(shelf, index[shelf]) for other in index[shelf]}
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
        for mark, group in blocks(self._names, partial(marks, missions=self._missions)).items():
            if not self._crowded(mark, group):
                pairs.update(pair for pair in combinations(group, 2) if pair[0] != pair[1])
        yield from sorted(pairs, key=lambda pair: (order(pair[0]), order(pair[1])))

    def _crowded(self, block: Hashable, group: list[Naming]) -> bool:
        """Tell whether a block holds too many names to compare them."""
        return (self._sizes(block) if self._sizes else len(group)) > TOO_COMMON

    def is_of(self, occurs: Mapping[Naming, frozenset[str]]) -> bool:
        """Tell whether these are the namings, each in these reports, and all that there are."""
        return self._sizes is None and self._occurs == occurs

    def _distinct(self) -> list[Naming]:
        """Return the namings, those of one set that differ by report only once."""
        seen = {(self.clusters.root(name), order(name)[1:]): name for name in reversed(self._names)}
        return sorted(seen.values(), key=order)

    def _shelves(self, name: Naming, *, across: bool) -> Iterator[Hashable]:
        for report in [""] if across else self._occurs[name]:
            for way in ways(name, self._vocabulary):
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
        if name.national and name.features.title:
            return False
        said = sum(word.count("-") + 1 for word in name.words)
        return not name.place and (bool(name.number) or said < 2)

    def _join_typos(self) -> None:
        def block(name: Naming) -> list[Hashable]:
            found = spelling(name, self._vocabulary)
            return [] if found is None else [found]

        for near in _in_order(blocks(self._names, block)):
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
        self.asked[left, right] = reason

    def own_keys(self) -> dict[str, Naming]:
        """Return a naming by the key that it would have on its own, the first one of several."""
        return {key: name for name, key in reversed(self._own.items())}

    def keys(self) -> dict[Naming, str]:
        """Return the key of every set by its root; where keys collide, the honorific or a number is added."""
        bases = self.bases()
        return numbered(bases, {base.key for base in bases.values()})

    def bases(self) -> dict[Naming, Base]:
        """Return by the root of every set the key that it would have if no other set had the same."""
        whole = {group[0]: merged(group, self._vocabulary) for group in self.clusters.sets()}
        return {root: Base(own_key(name), " ".join(sorted(name.honorific))) for root, name in whole.items()}

    def doubts(self) -> Iterator[Doubt]:
        """Yield what stayed undecided, with what speaks for it."""
        for (left, right), reason in self.asked.items():
            score, shared = likeness(left, right, self._vocabulary)
            own = frozenset((self._own[left], self._own[right]))
            yield Doubt(left, right, own, reason, score, shared, why(left, right, self._known))


def _in_order(found: Mapping[Hashable, list[Naming]]) -> Iterator[list[Naming]]:
    """Yield blocks in an order that does not depend on which others there are."""
    yield from (found[key] for key in sorted(found, key=text_of))


def _digits(name: Naming) -> list[str]:
    return sorted(word for word in name.words if any(char.isdigit() for char in word))
