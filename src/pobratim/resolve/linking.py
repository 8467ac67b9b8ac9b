"""Join the namings of one organisation: by key, then bare ones by what the reports know, then typos."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from pobratim.entities import Undecided
from pobratim.resolve.clusters import Clusters, blocks
from pobratim.resolve.keys import organisation_key
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.namings import Naming, local, merged, order, own_key
from pobratim.resolve.scoring import likeness
from pobratim.resolve.telling_words import GAMES
from pobratim.resolve.terms import compare, one_person
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.resolve.words import SHARED_LETTERS, alike, differ_by_typos, folded, lemmas

SAME_NAME = 0.92
"""Least similarity (0..1) of two names in one place that differ by typos only."""
ALIKE = 0.80
"""Least similarity of two names in one place that a person should compare."""
_WORTH_ASKING = 5
_MISSION = "embassy"
_GENERIC = {"centre", "complex", "institution"}
"""Kinds whose word («центр») may stand for that of any other where the title says which one is meant."""
_CITY_REGIONS = {"RU-MOW", "RU-SPE", "BY-HM"}
"""Cities beside the region of their name: there what is of the region is never the city's own."""
_TOO_COMMON = 200
"""How many names may share a word, number or short name of which a single one is looked for: one that more share says
nothing, and comparing them all would make the work grow with the square of a country."""


class Linker:
    """Joins namings in the order of trust: keys, one document, all documents, other words, typos."""

    def __init__(self, occurs: Mapping[Naming, frozenset[str]], vocabulary: Vocabulary, decided: Verdicts) -> None:
        """Take the namings with the reports in which each occurs."""
        self._names, self._occurs = sorted(occurs, key=order), occurs
        self._vocabulary, self._decided = vocabulary, decided
        self._own = {name: own_key(name) for name in self._names}
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
        for a, b in ((left.number, right.number), (left.place, right.place), (left.country, right.country)):
            if a and b and a != b:
                return False
        if _elsewhere(left, right) or _elsewhere(right, left):
            return False
        if (
            left.area in _CITY_REGIONS
            and left.place == right.place
            and ("областной" in left.terms.levels) != ("областной" in right.terms.levels)
        ):
            return False
        if left.form and right.form and left.form != right.form and left.kind != right.kind:
            # ПАО «КАМАЗ» is not its town's МАУ «Дворец культуры «КАМАЗ»».
            return False
        ours, theirs = left.region or left.area, right.region or right.area
        if ours and theirs and ours != theirs:
            return False
        if left.number and left.place and right.place and left.kind and right.kind and left.kind != right.kind:
            # A town's art school № 8 and its school № 8 are two, though one kind lies above the other.
            return False
        unnamed = not (left.detail or right.detail)
        if unnamed and left.honorific and right.honorific and not one_person(left.honorific, right.honorific):
            return False
        if frozenset((self._own[left], self._own[right])) in self._decided.different:
            return False
        if left.short in right.aliases or right.short in left.aliases:
            return True
        if self._verdict(left, right) == "different":
            return False
        together = left.place_or_near == right.place_or_near
        spelt = left.initials != right.initials and not (left.terms.acronym and right.terms.acronym)
        titled = self._by_title(left, right)
        games = bool(left.terms.profile & right.terms.profile & GAMES)
        return (together and (spelt or titled or games)) or self._vocabulary.related(left.kind, right.kind)

    def _by_title(self, left: Naming, right: Naming) -> bool:
        """Tell whether one name has only a word («центр») that the other has too, and both have one title."""
        generic = any(
            one.kind in _GENERIC and self._vocabulary.called(one.kind) & set(lemmas(other.short))
            for one, other in ((left, right), (right, left))
        )
        return generic and left.terms.title == right.terms.title != frozenset()

    def _verdict(self, left: Naming, right: Naming) -> str:
        """Return what the two names' words say: "same", "different" or "open"."""
        return compare(left.terms, right.terms, numbered=bool(left.number) and left.number == right.number)

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
        plans = []
        for name in names:
            reports = [""] if across else sorted(self._occurs[name])
            shelves = [index[way, name.place, r] for r in reports for way in self._ways(name)]
            near = {other for shelf in shelves if len(shelf) <= _TOO_COMMON for other in shelf}
            roots = {self.clusters.root(other) for other in near if self._fuller(other, name)}
            roots = {root for root in roots if self.clusters.joinable(root, name)}
            plans.append((name, sorted(roots - {self.clusters.root(name)}, key=order)))
        for name, found in plans:
            if len(found) == 1 and not (across and self._vague(name) and not self._taught(name, found[0])):
                self.clusters.join(found[0], name)
            elif (across or len(found) > 1) and len(found) <= _WORTH_ASKING:
                for root in found:
                    self._ask(name, root, "undecided-several" if len(found) > 1 else "undecided-bare")

    def _join_alike(self) -> None:
        """Join names of one place that say the same in other words; what says too little, with the only candidate."""
        open_: dict[Naming, set[Naming]] = {}
        for left, right in self._near_pairs():
            joined = self.clusters.root(left) == self.clusters.root(right)
            if joined or left.bare or right.bare or not self._compatible(left, right):
                continue
            verdict = self._verdict(left, right)
            if left.kind != right.kind and not self._kinds_agree(left, right):
                continue
            if verdict == "same" and bool(left.number) == bool(right.number):
                self.clusters.join(left, right)
            elif verdict == "open" and left.kind == right.kind:
                plain, full = sorted((left, right), key=lambda name: (len(name.terms.words), order(name)))
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
        anchored = left.terms.title & right.terms.title or left.terms.honour & right.terms.honour
        told = bool(
            anchored or known & _GENERIC or left.terms.acronym or right.terms.acronym or (left.number and right.number)
        )
        return len(known) < 2 or known <= self._vocabulary.seated or told

    def _near_pairs(self) -> Iterator[tuple[Naming, Naming]]:
        """Yield the pairs worth comparing: of one place or reporter, with a number, word, person or initials shared."""
        pairs: set[tuple[Naming, Naming]] = set()
        for group in blocks(self._names, _marks).values():
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

    def _fuller(self, other: Naming, name: Naming) -> bool:
        """Tell whether ``other`` may be what ``name`` means, and says more of it."""
        if not self._compatible(other, name) or (name.region and other.region != name.region):
            return False
        if name.short in other.aliases and not name.number and not (name.place and not other.place):
            return True
        if other.detail != name.detail:
            return False
        if name.honorific - other.honorific and not name.number:
            # Whom a library is named after tells it from the town's other libraries: ``name`` says more, not less.
            return False
        more_place = bool(other.place) and not name.place
        more_area = name.placeless and bool(other.region or (other.country and not name.country))
        more_kind = (
            other.place == name.place and self._vocabulary.narrower(other.kind, name.kind) and not name.terms.soft
        )
        more_name = bool(other.honorific) and not name.honorific and other.place == name.place and not name.detail
        more_name = more_name and not self._vocabulary.narrower(name.kind, other.kind)
        return more_place or more_area or more_kind or more_name

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
            for i, j, score in alike([tuple(name.short.split()) for name in distinct], ALIKE):
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
                found[a, b] = Undecided("organisation", a, b, score, reason, shared)
        return [found[pair] for pair in sorted(found)]


def _elsewhere(national: Naming, other: Naming) -> bool:
    """Tell whether one name is a whole country's and the other a place's, which its reporter's own may still be."""
    if not national.national or (national.kind == other.kind == _MISSION):
        return False
    # «АмГУ» of a town of the region in whose «Амурский университет» it is.
    beyond = national.sovereign or other.region != national.area
    return (bool(other.region) and beyond) or bool(other.place and other.place != national.near)


def _marks(name: Naming) -> Iterator[Hashable]:
    """Yield what a name and another one of the same organisation are likely to share."""
    whole = name.terms.levels & {"областной", "краевой", "республиканский"}
    regional = name.region or (name.area if whole or name.initials else "")
    areas = {name.place, name.near, regional} - {""} or {name.country}
    for area in areas | ({name.country} if name.sovereign or name.kind == _MISSION else set()):
        if name.number:
            yield (area, "number", name.number)
            continue
        said = name.terms
        for mark in (*said.words, *said.honour):
            yield (area, "word", mark[:SHARED_LETTERS])
        begins = [part[:1] for part in folded(said.core).split()[:3]]
        initials = {said.acronym[:1], *begins[:1]} if said.acronym else begins
        yield from ((area, "initial", letter.lower()) for letter in initials)
        if not said.words:
            yield (area, "plain", "")


def _digits(name: Naming) -> list[str]:
    return sorted(word for word in name.words if any(char.isdigit() for char in word))
