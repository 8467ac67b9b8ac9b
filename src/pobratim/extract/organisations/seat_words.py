"""What adjectives and units in a name tell of where its body sits."""

from collections.abc import Iterator

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.anchors import toponymic
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.gazetteer import Settlement
from pobratim.lexicon.words import WORDS
from pobratim.text.contracted import VOWELS
from pobratim.text.words import TOPONYMIC, Word, fold, word

_ADJECTIVAL = tuple(dict.fromkeys(ending[:2] for ending in TOPONYMIC))
"""How names of towns end that are adjectives' stems: «Минск», «Полоцк»."""
_SOFT = "".join(WORDS.endings("soft-end"))
_LINKS = WORDS.of("linking-syllable")
_SUFFIX = len(TOPONYMIC[0])
_UNITS_ABROAD, _DISTRICTS = WORDS.of("unit-abroad"), WORDS.of("district")
_TWO = 2


def unit_abroad(cell: CellText, geo: Geo) -> bool:
    """Tell whether a district of no known country is of such a unit as home has not, or named as none is at home
    («Селенгинского аймака», «района Кечиорен»: at home the adjective of a district goes before)."""
    if geo.kind != "district" or geo.country or geo.last - geo.first < _TWO:
        return False
    noun, last = cell.tokens[geo.first], cell.tokens[geo.last - 1]
    if noun.word.lemmas & _UNITS_ABROAD or last.word.lemmas & _UNITS_ABROAD:
        return True
    return bool(noun.word.lemmas & _DISTRICTS) and last.word.title and not last.word.known


def toponyms(cell: CellText, mention: Mention) -> Iterator[int]:
    """Yield the adjectives of places before the kind's noun, in the quotation if the noun stands there."""
    first = mention.legal[1] if mention.legal is not None else mention.first
    stop = mention.head if mention.head >= 0 else first
    if mention.quote is not None and (mention.head < 0 or mention.head >= mention.quote[0]):
        first = mention.quote[0]
        stop = mention.head if mention.head >= 0 else mention.quote[1]
    within = {i for geo in mention.geos for i in range(geo.first, geo.last)}
    within.update(range(*mention.gap))
    if mention.legal is not None and mention.first < mention.legal[0]:
        yield from range(mention.first, mention.legal[0])  # «Лидское ГУП ЖКХ»
    yield from (i for i in range(first, stop) if i not in within and toponymic(cell.tokens[i]))


def of_town(word: Word, name: str) -> bool:
    """Tell whether an adjective is of a town, with a linking syllable perhaps («златоустовский» of Златоуст)."""
    town = fold(name)
    stem = _bare(town[: -len(_ADJECTIVAL[0])] if town.endswith(_ADJECTIVAL) else town)
    own = {_bare(lemma[:-_SUFFIX]) for lemma in word.lemmas if lemma.endswith(TOPONYMIC)}
    return any(one == stem or (one.startswith(stem) and one.removeprefix(stem) in _LINKS) for one in own if one)


def _bare(stem: str) -> str:
    """Return a town's name or an adjective without what differs: vowels at the end, a soft sign, «ц»."""
    return stem.rstrip(VOWELS).rstrip(_SOFT)


def linked(lemma: str, name: str) -> bool:
    """Tell whether a syllable stands between a town's name and the ending of its adjective («гилянский» of Гиле)."""
    own, town = lemma[:-_SUFFIX], fold(name)
    common = next(
        (n for n, pair in enumerate(zip(own, town, strict=False)) if pair[0] != pair[1]), min(len(own), len(town))
    )
    return own[common:] in _LINKS


def once_called(town: Settlement, lemma: str) -> bool:
    """Tell whether an adjective is made of a name that a town no longer has."""
    return any(lemma.startswith(fold(name)[:-1]) for name in town.former) and not lemma.startswith(fold(town.name)[:3])


def called(town: Settlement, lemma: str) -> str:
    """Return the spelling of a town's name of which an adjective is made («каджаранский»: Каджаран, not Кажаран)."""
    if lemma.startswith(fold(town.name)[:-1]):
        return town.name
    spelt = (name for name in town.names if name not in town.former and abs(len(name) - len(town.name)) <= 1)
    return next((name for name in spelt if fold(name) == lemma[:-_SUFFIX]), town.name)


def named_after_person(lemma: str) -> bool:
    """Tell whether an adjective may be of a person's name («державинский» of Державин)."""
    name = word(lemma[:-_SUFFIX]) if lemma.endswith(TOPONYMIC) else None
    return name is not None and name.known and name.has("Surn", "nomn", "sing")
