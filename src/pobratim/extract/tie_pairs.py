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
_TOWNS, _BODIES = (True, True), (False, False)
_TOWN_WITH_BODY, _BODY_WITH_TOWN = (True, False), (False, True)


class Pair(NamedTuple):
    """A home and a foreign party; ``together`` are the sentences that name both, ``gaps`` the stretches between their
    names there: sentence, end of the first name, beginning of the second."""

    scene: Scene
    home: Party
    foreign: Party
    together: frozenset[Sentence]
    gaps: tuple[tuple[Sentence, int, int], ...]


class OfTwo(NamedTuple):
    """A feature of two parties; ``levels`` are those that alone may have it: whether home and guest are units."""

    has: Callable[[Pair], bool]
    levels: tuple[bool, bool] | None = None


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


def _whatever(_: Pair) -> bool:
    """Their levels tell it."""
    return True


def _twins(pair: Pair) -> bool:
    """Two towns, and a word for twinning."""
    return any(s.twins for s in pair.scene.sentences(pair.foreign))


def _one_level(pair: Pair) -> bool:
    """Two towns, two districts."""
    return pair.home.level == pair.foreign.level


def _governments(pair: Pair) -> bool:
    """Two administrations or councils."""
    return bool(pair.home.numbers and pair.foreign.numbers)


def _beside_body(pair: Pair) -> bool:
    """Two towns, though a body of the foreign one takes part."""
    return pair.scene.body_of(pair.foreign)


def _gives(pair: Pair) -> bool:
    """«Фонд передал музею копии писем»."""
    return any(sentence.gives for sentence in pair.together)


def _talks(pair: Pair) -> bool:
    """«Прошли переговоры с компанией «Заря»»: the row names no home body, so that the town talked."""
    scene = pair.scene
    alone = not any(p.numbers and not p.municipal for p in scene.parties.home)
    return alone and scene.ruled(pair.foreign, _WITH) and any(s.talks for s in scene.sentences(pair.foreign))


def _with_power(pair: Pair) -> bool:
    """A home town with a foreign ministry or embassy."""
    return bool(pair.foreign.kind) and pair.scene.view.marked(pair.foreign.kind, "power")


def _akin(pair: Pair) -> bool:
    """A gymnasium and a school."""
    return pair.scene.akin(pair.home, pair.foreign)


def _one_kind(pair: Pair) -> bool:
    """Two museums."""
    return bool(pair.home.kind) and pair.home.kind == pair.foreign.kind


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
    return not _akin(pair) and any(pair.scene.akin(pair.home, p) for p in pair.scene.parties.foreign)


def _sole_bodies(pair: Pair) -> bool:
    """The only body of each side that takes part."""
    return {pair.home.key, pair.foreign.key} == pair.scene.sole


def _organiser_with_guest(pair: Pair) -> bool:
    """Who organised it, and who stands in a column of guests from abroad."""
    if not pair.scene.view.guests or "participants" not in pair.scene.columns(pair.foreign):
        return False
    return "responsible" in pair.scene.columns(pair.home)


PAIRS: Mapping[str, OfTwo] = MappingProxyType({
    "p-sentence": OfTwo(_one_sentence),
    "p-mass-apart": OfTwo(_apart_in_mass_event),
    "p-near": OfTwo(_near),
    "p-joined": OfTwo(_joined),
    "p-between": OfTwo(_between),
    "p-agreement": OfTwo(_one_agreement),
    "p-agreement-two": OfTwo(_two_of_agreement),
    "p-acting": OfTwo(_both_act),
    "p-participants": OfTwo(_both_take_part),
    "p-led": OfTwo(_led),
    "p-towns": OfTwo(_whatever, _TOWNS),
    "p-towns-twins": OfTwo(_twins, _TOWNS),
    "p-one-level": OfTwo(_one_level, _TOWNS),
    "p-governments": OfTwo(_governments, _TOWNS),
    "p-towns-beside-body": OfTwo(_beside_body, _TOWNS),
    "p-bodies": OfTwo(_whatever, _BODIES),
    "p-town-with-body": OfTwo(_whatever, _TOWN_WITH_BODY),
    "p-town-talks-with-body": OfTwo(_talks, _TOWN_WITH_BODY),
    "p-gives": OfTwo(_gives),
    "p-town-with-power": OfTwo(_with_power, _TOWN_WITH_BODY),
    "p-body-with-town": OfTwo(_whatever, _BODY_WITH_TOWN),
    "p-akin": OfTwo(_akin, _BODIES),
    "p-one-kind": OfTwo(_one_kind, _BODIES),
    "p-only-kin": OfTwo(_only_kin, _BODIES),
    "p-kin-elsewhere": OfTwo(_kin_elsewhere, _BODIES),
    "p-sole-bodies": OfTwo(_sole_bodies),
    "p-organiser-with-guest": OfTwo(_organiser_with_guest),
})  # fmt: skip
"""What speaks for and against a tie of just these two."""
_BY_LEVELS = {
    levels: [(name, one.has) for name, one in PAIRS.items() if one.levels in {None, levels}]
    for levels in (_TOWNS, _BODIES, _TOWN_WITH_BODY, _BODY_WITH_TOWN)
}
"""The features that two parties of such levels may have: half of them are no question for any two."""


def of_pair(scene: Scene, home: Party, foreign: Party) -> Iterator[str]:
    """Yield the features that two parties have together."""
    together = scene.sentences(home) & scene.sentences(foreign)
    pair = Pair(scene, home, foreign, together, tuple(_gaps(home, foreign, together)))
    return (name for name, has in _BY_LEVELS[home.municipal, foreign.municipal] if has(pair))


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
