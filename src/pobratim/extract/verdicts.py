"""Which parties of a row are tied: each foreign one chooses one home party, or none, by a conditional logit.

P(h|f) = exp(s) / (1 + Σ exp(s)), s being the sum of the weights of the features of f, of h and of both together; the
weights are fitted to gold (``make weights``) under fixed signs, so that a feature speaks for a tie or against it, never
now so, now so. They stand in ``ontology/tie-weights.tsv`` with words for people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.extract.context import RowView
from pobratim.extract.guests import country_of_guests
from pobratim.extract.parties import Parties, Party
from pobratim.extract.tie_features import of_foreign, of_home
from pobratim.extract.tie_pairs import of_pair
from pobratim.extract.tie_scene import Scene

TIED = 0.5
"""A foreign party is tied where the probabilities of its choices add up to so much."""
_LEAST = 0.3
_SECOND = 0.42
"""Share of all probability from which on a second home party is tied, too."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a feature speaks for a tie (``weight`` > 0) or against it; ``sign`` is what it may do at all (SIGNS)."""

    feature: str
    sign: int | None
    weight: float
    russian: str
    english: str


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A foreign party with the home parties that it may be tied to: their features and probabilities."""

    foreign: Party
    homes: tuple[Party, ...]
    features: tuple[tuple[str, ...], ...]
    chances: tuple[float, ...] = ()

    @property
    def tied(self) -> float:
        """Return the probability that the party is tied to any home party."""
        return sum(self.chances)

    def chance(self, home: Party) -> float:
        """Return the probability of the tie with a home party, 0.0 for one that was no choice."""
        return next((p for one, p in zip(self.homes, self.chances, strict=True) if one is home), 0.0)

    def chance_of(self, key: str) -> float:
        """Return the probability of the tie with the home party of a key, 0.0 for one that was no choice."""
        return next((p for one, p in zip(self.homes, self.chances, strict=True) if one.key == key), 0.0)

    def chosen(self) -> list[int]:
        """Return the numbers of the home parties that the foreign one is tied to, the likeliest first."""
        order = sorted(range(len(self.homes)), key=lambda n: (-self.chances[n], n))
        if not order or self.tied < TIED or self.chances[order[0]] < _LEAST:
            return []
        return [order[0], *(n for n in order[1:] if self.chances[n] >= _SECOND * self.tied)]

    def reasons(self, number: int, most: int = 3) -> tuple[str, ...]:
        """Return the heaviest features that speak for a choice where it is likely, else those that speak against."""
        known = weights()
        sign = 1 if self.tied >= TIED else -1
        found = [f for f in self.features[number] if known[f].weight * sign > 0]
        return tuple(sorted(found, key=lambda f: (-abs(known[f].weight), f))[:most])


def choices(view: RowView, parties: Parties) -> list[Choice]:
    """Return the choice of each foreign party, with features but no probabilities yet; none without a home party."""
    if not parties.foreign or not parties.home:
        return []
    return _asked(view, parties, parties.foreign, parties.home)


def guesses(view: RowView, parties: Parties) -> list[Choice]:
    """Return the choice of each open body if it is a guest, of the home parties that are no guests for sure."""
    homes = tuple(home for home in parties.home if home not in parties.open)
    country = country_of_guests(view) if parties.open else ""
    found: list[Choice] = []
    for body in parties.open if homes else ():
        moved = parties.abroad(body, country)
        found += _asked(view, moved, moved.foreign[-1:], homes, OPEN)
    return found


def _asked(
    view: RowView, parties: Parties, foreign: Sequence[Party], homes: tuple[Party, ...], *further: str
) -> list[Choice]:
    scene = Scene(view, parties)
    of_homes = [tuple(of_home(scene, home)) for home in homes]
    made = []
    for guest in foreign:
        own = (*of_foreign(scene, guest), *further)
        features = tuple(
            (*own, *mine, *of_pair(scene, home, guest)) for home, mine in zip(homes, of_homes, strict=True)
        )
        made.append(Choice(guest, homes, features))
    return made


def weigh(choice: Choice, values: Mapping[str, float] | None = None) -> Choice:
    """Return a choice with its probabilities, by the fitted weights or by others."""
    given = values if values is not None else fitted()
    scores = [exp(given["always"] + sum(given[f] for f in found)) for found in choice.features]
    total = 1.0 + sum(scores)
    return Choice(choice.foreign, choice.homes, choice.features, tuple(score / total for score in scores))


def verdicts(view: RowView, parties: Parties) -> tuple[Parties, list[Choice]]:
    """Return the weighed choices of all foreign parties of a row, in order, and the parties as they are now: bodies
    of which nothing told where they sit are guests where that makes the likelier tie."""
    while True:
        told = [weigh(choice) for choice in choices(view, parties)]
        likely = [guess for guess in map(weigh, guesses(view, parties)) if guess.chosen()]
        likely = [guess for guess in likely if all(c.chance_of(guess.foreign.key) < guess.tied for c in told)]
        if not likely:
            return parties, told
        best = max(likely, key=lambda guess: guess.tied).foreign
        body = next(one for one in parties.open if one.key == best.key)
        parties = parties.abroad(body, best.country)


def documented(choices: Iterable[Choice], papers: Iterable[frozenset[str]]) -> list[Choice]:
    """Return choices weighed again by the row's agreements: each a set of its parties' keys."""
    of_parties = tuple(papers)
    return [_documented(choice, of_parties) for choice in choices]


def _documented(choice: Choice, papers: Sequence[frozenset[str]]) -> Choice:
    shared = [any({choice.foreign.key, home.key} <= paper for paper in papers) for home in choice.homes]
    if not any(shared):
        return choice
    told = zip(choice.features, shared, strict=True)
    return weigh(replace(choice, features=tuple((*found, DOCUMENT) if one else found for found, one in told)))


@cache
def weights() -> Mapping[str, Weight]:
    """Return the weights of all features by name, from ontology/tie-weights.tsv. Raises ContentError for a bad line."""
    return {one.feature: one for one in read_weights((content_root() / "ontology" / FILE).read_text(encoding="utf-8"))}


@cache
def fitted() -> Mapping[str, float]:
    """Return the weights alone."""
    return {name: one.weight for name, one in weights().items()}


FILE = "tie-weights.tsv"
OPEN = "f-open"
"""The feature of a body of which nothing tells where it sits, if it is a guest."""
DOCUMENT = "p-document"
"""The feature of two parties that an agreement of the row has: known only when agreements are read."""
SIGNS = {"+": 1, "-": -1, "±": 0, "=": None}
"""What a weight may be: for a tie, against it, either, or as it is."""


def read_weights(text: str) -> list[Weight]:
    """Read the lines of the table. Raises ContentError naming the line that is none."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            feature, sign, weight, russian, english = line.split("\t")
            found.append(Weight(feature, SIGNS[sign], float(weight), russian, english))
        except (ValueError, KeyError) as error:
            raise ContentError("content-line", file=FILE, line=str(number)) from error
    return found


RULE = "tie:"
"""How the rule of a tie's evidence begins; the names of its reasons follow, divided by commas."""


def ruled(reasons: tuple[str, ...]) -> str:
    """Return the rule by which a tie is told: its reasons."""
    return RULE + ",".join(reasons)


def said(rule: str, lang: str) -> str:
    """Return a tie's reasons in words («tie:p-sentence» → «названы в одной фразе»); another rule as it is."""
    return "; ".join(reasons(rule, lang))


def reasons(rule: str, lang: str) -> list[str]:
    """Return a tie's reasons in words, one by one; another rule as it is."""
    if not rule.startswith(RULE):
        return [rule]
    known = weights()
    found = [known[name] for name in rule.removeprefix(RULE).split(",") if name in known]
    return [one.russian if lang == "ru" else one.english for one in found] or [rule]
