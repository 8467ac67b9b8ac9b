"""What speaks for and against a tie between two parties together: where they are named, their levels and kinds."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pobratim.extract.parties import Named, Party
from pobratim.extract.tie_scene import ASIDE, Scene, Sentence
from pobratim.lexicon.words import WORDS

_LINKS = WORDS.of("preposition-with", "list-join")
_WITH = WORDS.of("preposition-with")
_NEAR = 9
"""So many words apart two names are near."""
_SCOPE = 25
"""So many words behind «между» its parties are named."""
_ACTIVE = {"name", "participants"}
_TWO = 2


class Pair(NamedTuple):
    """A home and a foreign party; ``together`` are the sentences that name both, ``gaps`` the stretches between their
    names there: sentence, end of the first name, beginning of the second."""

    scene: Scene
    home: Party
    foreign: Party
    together: frozenset[Sentence]
    gaps: tuple[tuple[Sentence, int, int], ...]


OfTwo = Callable[[Pair], bool]


def _one_sentence(pair: Pair) -> bool:
    """One sentence names both."""
    return bool(pair.together)


def _apart_in_mass_event(pair: Pair) -> bool:
    """A festival, and no sentence names both."""
    scene = pair.scene
    return not pair.together and scene.mass and all(map(scene.sentences, (pair.home, pair.foreign)))


def _near(pair: Pair) -> bool:
    """«Школы № 5 г. Самары и школы № 20 г. Бреста»: a few words apart."""
    return any(stop - start <= _NEAR for _, start, stop in pair.gaps)


def _joined(pair: Pair) -> bool:
    """«Самара и Брест», «школа с гимназией»: no comma between."""
    for sentence, start, stop in pair.gaps:
        words = pair.scene.view.cells[sentence.column].tokens[start:stop]
        if len(words) <= _NEAR and any(t.low in _LINKS for t in words) and not any(t.text in ",;" for t in words):
            return True
    return False


def _between(pair: Pair) -> bool:
    """«Между Самарой и Брестом»."""
    return any(0 <= s.between < start and stop - s.between <= _SCOPE for s, start, stop in pair.gaps)


def _one_agreement(pair: Pair) -> bool:
    """A sentence about an agreement names both."""
    return any(s.agreement for s in pair.together)


def _two_of_agreement(pair: Pair) -> bool:
    """The same, and nobody else."""
    named_in = pair.scene.parties.named_in
    return any(
        s.agreement and len({p.key for _, p in named_in(s.column, s.first, s.last)}) <= _TWO for s in pair.together
    )


def _both_act(pair: Pair) -> bool:
    """The title or the participants name each."""
    return all(pair.scene.columns(p) & _ACTIVE for p in (pair.home, pair.foreign))


def _both_take_part(pair: Pair) -> bool:
    """The participants' cell names both."""
    return all("participants" in pair.scene.columns(p) for p in (pair.home, pair.foreign))


def _led(pair: Pair) -> bool:
    """«Заместителем мэра подписан протокол с …»: the sentence names the reporter's head."""
    return pair.scene.is_reporter(pair.home) and any(map(pair.scene.led, pair.scene.sentences(pair.foreign)))


def _municipalities(pair: Pair) -> bool:
    """Two towns or districts."""
    return pair.home.municipal and pair.foreign.municipal


def _twin_towns(pair: Pair) -> bool:
    """Two towns, and a word for twinning."""
    return _municipalities(pair) and any(s.twins for s in pair.scene.sentences(pair.foreign))


def _one_level(pair: Pair) -> bool:
    """Two towns, two districts."""
    return _municipalities(pair) and pair.home.level == pair.foreign.level


def _governments(pair: Pair) -> bool:
    """Two administrations or councils."""
    return _municipalities(pair) and bool(pair.home.numbers and pair.foreign.numbers)


def _towns_beside_body(pair: Pair) -> bool:
    """Two towns, though a body of the foreign one takes part."""
    return _municipalities(pair) and pair.scene.body_of(pair.foreign)


def _bodies(pair: Pair) -> bool:
    """Two bodies."""
    return not pair.home.municipal and not pair.foreign.municipal


def _town_with_body(pair: Pair) -> bool:
    """A home town with a foreign body."""
    return pair.home.municipal and not pair.foreign.municipal


def _town_talks_with_body(pair: Pair) -> bool:
    """«Прошли переговоры с компанией «Заря»»: the row names no home body, so that the town talked."""
    scene = pair.scene
    alone = _town_with_body(pair) and not any(p.numbers and not p.municipal for p in scene.parties.home)
    return alone and scene.ruled(pair.foreign, _WITH) and any(s.talks for s in scene.sentences(pair.foreign))


def _town_with_power(pair: Pair) -> bool:
    """A home town with a foreign ministry or embassy."""
    foreign = pair.foreign
    return _town_with_body(pair) and bool(foreign.kind) and pair.scene.view.marked(foreign.kind, "power")


def _body_with_town(pair: Pair) -> bool:
    """A home body with a foreign town."""
    return not pair.home.municipal and pair.foreign.municipal


def _akin(pair: Pair) -> bool:
    """A gymnasium and a school."""
    return _bodies(pair) and pair.scene.akin(pair.home, pair.foreign)


def _one_kind(pair: Pair) -> bool:
    """Two museums."""
    return _bodies(pair) and bool(pair.home.kind) and pair.home.kind == pair.foreign.kind


def _only_kin(pair: Pair) -> bool:
    """The only museum here and the only one abroad."""
    if not _akin(pair):
        return False
    scene = pair.scene
    here = [p for p in scene.parties.home if not p.municipal and scene.akin(p, pair.foreign)]
    abroad = [p for p in scene.parties.foreign if not p.municipal and scene.akin(pair.home, p)]
    return len(here) == len(abroad) == 1


def _kin_elsewhere(pair: Pair) -> bool:
    """A school and a library, while another foreign party is a school."""
    scene = pair.scene
    return _bodies(pair) and not _akin(pair) and any(scene.akin(pair.home, p) for p in scene.parties.foreign)


def _sole_bodies(pair: Pair) -> bool:
    """The only body of each side that takes part."""
    return {pair.home.key, pair.foreign.key} == pair.scene.sole


def _organiser_with_guest(pair: Pair) -> bool:
    """Who organised it, and who stands in a column of guests from abroad."""
    if not pair.scene.view.guests or "participants" not in pair.scene.columns(pair.foreign):
        return False
    return "responsible" in pair.scene.columns(pair.home)


PAIRS: Mapping[str, OfTwo] = MappingProxyType({
    "p-sentence": _one_sentence,
    "p-mass-apart": _apart_in_mass_event,
    "p-near": _near,
    "p-joined": _joined,
    "p-between": _between,
    "p-agreement": _one_agreement,
    "p-agreement-two": _two_of_agreement,
    "p-acting": _both_act,
    "p-participants": _both_take_part,
    "p-led": _led,
    "p-towns": _municipalities,
    "p-towns-twins": _twin_towns,
    "p-one-level": _one_level,
    "p-governments": _governments,
    "p-towns-beside-body": _towns_beside_body,
    "p-bodies": _bodies,
    "p-town-with-body": _town_with_body,
    "p-town-talks-with-body": _town_talks_with_body,
    "p-town-with-power": _town_with_power,
    "p-body-with-town": _body_with_town,
    "p-akin": _akin,
    "p-one-kind": _one_kind,
    "p-only-kin": _only_kin,
    "p-kin-elsewhere": _kin_elsewhere,
    "p-sole-bodies": _sole_bodies,
    "p-organiser-with-guest": _organiser_with_guest,
})  # fmt: skip
"""What speaks for and against a tie of just these two."""


def of_pair(scene: Scene, home: Party, foreign: Party) -> Iterator[str]:
    """Yield the features that two parties have together."""
    together = scene.sentences(home) & scene.sentences(foreign)
    pair = Pair(scene, home, foreign, together, tuple(_gaps(home, foreign, together)))
    return (name for name, has in PAIRS.items() if has(pair))


def _gaps(home: Party, foreign: Party, together: frozenset[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    for sentence in together:
        for one in _within(home, sentence):
            for other in _within(foreign, sentence):
                left, right = (one, other) if one.first <= other.first else (other, one)
                if right.first >= left.last:
                    yield sentence, left.last, right.first


def _within(party: Party, sentence: Sentence) -> list[Named]:
    return [
        m for m in party.mentions
        if m.column == sentence.column and sentence.first <= m.first < sentence.last and m.how not in ASIDE
    ]  # fmt: skip
