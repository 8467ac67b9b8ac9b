"""What an authority or a body has at once behind its kind: a town in the nominative, or a second area it is of."""

from collections.abc import Mapping, Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.organisations.anchors import flag
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.words import WORDS

_CALLED = WORDS.of("called-in-the-nominative")
_AND = WORDS.of("between-like")
_AREAS = WORDS.of("area", "territory", "region-type", "district")
_MOST_WORDS = 2


def called_by_town(cell: CellText, mention: Mention) -> bool:
    """Tell whether what follows an authority's word may be its town in the nominative («муниципалитет Трабзон»)."""
    if mention.last != mention.label_last or mention.head < 0 or mention.quote is not None:
        return False
    return not cell.tokens[mention.head].word.lemmas.isdisjoint(_CALLED)


def town_called(cell: CellText, mention: Mention, geo_at: Mapping[int, Geo]) -> Geo | None:
    """Return the town by which an authority is called, with an adjective of its own («муниципалитет Большой Амман»)."""
    if not called_by_town(cell, mention):
        return None
    index = mention.last
    geo = geo_at.get(index)
    if (
        geo is None
        and index < len(cell.tokens)
        and cell.tokens[index].word.title
        and cell.tokens[index].word.adjectival()
    ):
        geo = geo_at.get(index + 1)
    return geo if geo is not None and geo.kind == "settlement" else None


def own_town(cell: CellText, mention: Mention) -> str:
    """Return the town of no list by whose name an authority is called («муниципалитет Чакао»), "" for none."""
    first, last = mention.complement or (0, 0)
    if mention.head < 0 or not flag(mention.kind, "seat") or first != mention.label_last or mention.quote is not None:
        return ""
    if cell.tokens[mention.head].word.lemmas.isdisjoint(_CALLED) or not 0 < last - first <= _MOST_WORDS:
        return ""
    words = cell.tokens[first:last]
    own = all(token.word.title and not token.word.upper for token in words)
    return cell.flat(first, last) if own and not words[-1].word.adjectival() else ""


def second_area(cell: CellText, mention: Mention, geos: Sequence[Geo], quoted: int) -> int:
    """Return the end of a second area that «и» joins to the town of a name («палата г. Тольятти и Самарской области»,
    «палата г. Набережные Челны и региона «Закамье»»), 0 for none; ``quoted`` is the end of a quotation behind it."""
    if mention.plural or not any(g.last == mention.last and g.kind == "settlement" for g in mention.geos):
        return 0
    index = mention.last + 1
    if cell.low(mention.last) not in _AND or cell.low(mention.last) == "," or index >= len(cell.tokens):
        return 0
    area = next((g for g in geos if g.first == index and g.kind in {"region", "district"}), None)
    if area is not None and cell.tokens[area.last - 1].word.has("gent"):
        return area.last
    return quoted if quoted and cell.tokens[index].word.lemmas & _AREAS else 0
