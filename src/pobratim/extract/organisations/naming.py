"""The nominative name of a mention, its other spellings, and what is proper in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import POSSESSIVE
from pobratim.extract.organisations.grow import inside
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import GENDERS, fits
from pobratim.text.tokens import Token, tokenize
from pobratim.text.words import Reading, fold, inflect, recased

_CAPITALS = 2
_SAME = 3
"""Letters with which all forms of a word begin."""
_LEVELS = WORDS.of("level-of-area")
_LEFT_OUT = WORDS.of("area-adjective-left-out")
_ORDINALS = WORDS.pairs("ordinal-ending")


def full_name(cell: CellText, mention: Mention, changed: Mapping[int, str] | None = None) -> str:
    """Return the name in the nominative, legal form and place included, white space folded, capitalised.

    ``changed`` are its ``nominative_words`` where these are known.
    """
    if mention.plural and (mention.number or (mention.quote is None and mention.geos)):
        return _one_of_many(cell, mention)
    if mention.pattern == "listed" or mention.plural:
        return _listed(cell, mention)
    changed = nominative_words(cell, mention) if changed is None else changed
    first, last = mention.first, name_last(cell, mention)
    text = cell.spelt(first, last, changed)
    if mention.pattern == "latin" and mention.quote is not None:
        text = cell.flat(*mention.quote)
    if mention.pattern == "quoted-kind" and mention.quote is not None:
        inner_first, inner_last = mention.quote
        behind = cell.spelt(min(inner_last + 1, last), last, changed)
        text = f"{cell.spelt(inner_first, inner_last, changed)} {behind}".strip()
    return text[:1].upper() + text[1:]


def _listed(cell: CellText, mention: Mention) -> str:
    """Return the name of one of several quoted organisations that share the word for their kind."""
    first, last = mention.quote or (mention.first, mention.last)
    quoted = f"«{cell.flat(first, last)}»"
    own = mention.kind is None or first <= mention.head < last
    name = cell.flat(first, last) if own or mention.kind is None else f"{mention.kind.label} {quoted}"
    places = [cell.flat(geo.first, geo.last) for geo in mention.geos if geo.first >= last]
    text = " ".join([name, *places])
    return text[:1].upper() + text[1:]


def short_names(cell: CellText, mention: Mention, full: str, changed: Mapping[int, str]) -> list[str]:
    """Return other nominative spellings: without legal form, without place, bracketed short names.

    ``changed`` are its ``nominative_words``.
    """
    names = list(mention.aliases)
    if mention.legal is not None and mention.quote is not None:
        inner = cell.spelt(*mention.quote, changed)
        names.append(inner[:1].upper() + inner[1:])
    if mention.legal is not None and mention.quote is None and mention.legal[1] < name_last(cell, mention):
        bare = cell.spelt(mention.legal[1], name_last(cell, mention), changed)
        names.append(bare[:1].upper() + bare[1:])
    if mention.owner is not None and mention.kind is not None:
        own = full_name(cell, replace(mention, last=mention.owner.first, owner=None))
        names.append(own.removesuffix(" при").rstrip(" –-"))
    if mention.quote is not None and (mention.pattern == "listed" or mention.plural):
        names.append(cell.flat(*mention.quote))
    return [name for name in dict.fromkeys(names) if name and name != full]


def spelling(cell: CellText, mention: Mention, changed: Mapping[int, str]) -> Callable[[int, int], str]:
    """Return what spells ``tokens[first:last]`` as ``full_name`` does: its ``nominative_words`` are ``changed``."""
    if mention.pattern == "listed" and not mention.plural:
        return cell.flat
    if mention.plural:
        agreeing = _agreeing(cell, mention.label_first, mention.head)
        return lambda first, last: _singular(cell.spelt(first, last, agreeing))
    return lambda first, last: cell.spelt(first, last, changed)


def proper_name(cell: CellText, mention: Mention, seat_adjective: int) -> str:
    """Return what tells the organisation from others of its kind, without number, honorific and place.

    The inner quotation («Маладик»), else the quoted words beside the kind's label, else adjectives and complement;
    the adjective that only gives the seat (token ``seat_adjective``) is left out.
    """
    if mention.quote is not None:
        return _proper_in_quote(cell, mention, seat_adjective)
    adjectives = [
        inflect(t.text, "ADJF", "nomn", "sing", _gender(cell, mention)) or t.text
        for i, t in enumerate(cell.tokens[mention.first : max(mention.label_first, mention.first)], mention.first)
        if i != seat_adjective and (mention.legal is None or i >= mention.legal[1])
        if t.kind == "word" and i > mention.ordinal and not mention.gap[0] <= i < mention.gap[1]
    ]
    complement = (
        cell.flat(max(mention.complement[0], mention.label_last), mention.complement[1]) if mention.complement else ""
    )
    levels = _levels(cell, mention)
    areas = [_area(geo.name) for geo in mention.geos if geo.kind in {"district", "country"}]
    return " ".join(part for part in [*adjectives, *levels, complement, *areas] if part)


def _levels(cell: CellText, mention: Mention) -> list[str]:
    """Return the level that the kind's label names: a town has a council of its own and its region's may sit there."""
    label = cell.tokens[mention.label_first : mention.label_last]
    return [level for token in label for level in sorted(token.word.lemmas & _LEVELS)]


def _area(name: str) -> str:
    """Return a district's name without what reports leave out at will («Стародубский муниципальный округ»)."""
    return " ".join(word for word in name.split() if word not in _LEFT_OUT)


def _proper_in_quote(cell: CellText, mention: Mention, seat_adjective: int) -> str:
    first, last = mention.quote or (0, 0)
    nested = next(
        (
            q
            for q in cell.quotes
            if cell.tokens[first].start <= q.start and first < last and q.start < cell.tokens[last - 1].end
        ),
        None,
    )
    if nested is not None:
        start, stop = inside(cell, nested)
        return cell.flat(start, min(stop, last))
    outside = mention.head >= 0 and not first <= mention.head < last
    if outside:
        return cell.flat(first, last)
    dropped = set(range(*(mention.honorific or (0, 0)))) | {seat_adjective}
    dropped.update(range(mention.label_first, mention.label_last))
    for geo in mention.geos:
        dropped.update(range(geo.first, geo.last))
    words = [
        t.text
        for i, t in enumerate(cell.tokens[first:last], first)
        if i not in dropped and t.text not in {"№", mention.number}
    ]
    return " ".join(words)


def name_last(cell: CellText, mention: Mention) -> int:
    """Return where the name ends: before an alias bracket."""
    last = mention.last
    if mention.aliases and last > mention.first and cell.tokens[last - 1].text == ")":
        while last > mention.first and cell.tokens[last - 1].text != "(":
            last -= 1
        last -= 1
    return last


def nominative_words(cell: CellText, mention: Mention) -> dict[int, str]:
    """Return the words to change: the legal form's noun with its adjectives, and the kind's where nothing rules it."""
    changed: dict[int, str] = {}
    if mention.legal is not None:
        first, last = mention.legal
        if mention.first < first and mention.form is not None:
            changed.update(_before_initials(cell, range(mention.first, first), tokenize(mention.form.label)))
        noun = next(
            (
                i
                for i in range(first, last)
                if cell.tokens[i].word.has("NOUN")
                and sum(letter.isupper() for letter in cell.tokens[i].text) < _CAPITALS
                and not cell.tokens[i].word.adjectival()
            ),
            -1,
        )
        changed.update(_agreeing(cell, first, noun))
    if mention.head >= 0 and (
        mention.legal is None or not _nominative(cell.tokens[mention.head]) or mention.quote is None
    ):
        first = mention.legal[1] if mention.legal is not None else mention.first
        if mention.quote is not None and mention.quote[0] <= mention.head < mention.quote[1]:
            first = mention.quote[0]
        if not _as_listed(cell, mention):
            changed.update(_agreeing(cell, first, mention.head))
            changed.update(_of_label(cell, mention, changed))
    if (
        mention.head >= 0
        and cell.tokens[mention.head].word.upper
        and mention.kind is not None
        and mention.legal is None
    ):
        changed.update(_before_initials(cell, range(mention.first, mention.head), tokenize(mention.kind.label)))
    if mention.ordinal >= 0:
        changed[mention.ordinal] = _ORDINALS.get(_gender(cell, mention), cell.tokens[mention.ordinal].text)
    changed.update(dict.fromkeys(range(*mention.gap), ""))
    return changed


def _as_listed(cell: CellText, mention: Mention) -> bool:
    """Tell whether the kind's label stands as the ontology has it, in the nominative and with all before it.

    «Городской кенеш», «Лавра», «Тепловые сети»: a dictionary may know the word in another gender or number only.
    """
    first, last = mention.label_first, mention.label_last
    if mention.kind is None or not first < last:
        return False
    said = [token.low for token in cell.tokens[first:last]]
    return any(said == [token.low for token in _spelt(text)] for text in mention.kind.inflected)


def _of_label(cell: CellText, mention: Mention, known: Mapping[int, str]) -> dict[int, str]:
    """Return the words of the label in whose other case the kind stands, where ``known`` has others («нацпарка»)."""
    span = range(mention.label_first, mention.label_last)
    if mention.kind is None or mention.plural:
        return {}
    said = [cell.tokens[i] for i in span]
    spelt = map(_spelt, mention.kind.inflected)
    fitting = [one for one in spelt if len(one) == len(said) and all(map(_is_form, said, one))]
    # «Театр юных зрителей», «театр юного зрителя»: the label that has most as it stands.
    best = max(fitting, key=lambda one: sum(a.low == b.low for a, b in zip(said, one, strict=True)), default=None)
    label = zip(span, best, strict=True) if best else ()
    now = {i: known.get(i, cell.tokens[i].text) for i in span}
    # What follows the noun is in the same case whatever the noun's is.
    return {i: recased(now[i], one.low) for i, one in label if i <= mention.head and fold(now[i]) != fold(one.text)}


@lru_cache(maxsize=4_096)
def _spelt(label: str) -> list[Token]:
    """Return the words of a label: of some kinds there are dozens, asked at every mention."""
    return tokenize(label)


def _is_form(said: Token, label: Token) -> bool:
    """Tell whether a word is a form of another, and no compound with it («госфилармонии», «филармония»)."""
    return bool(said.word.lemmas & label.word.lemmas) and said.low[:_SAME] == label.low[:_SAME]


def _before_initials(cell: CellText, span: range, label: list[Token]) -> dict[int, str]:
    """Return nominative forms of the adjectives before initials; what these stand for tells the gender («Уральской
    ТПП», «Лидского ГУП ЖКХ»)."""
    nouns = [
        r for t in label for r in t.word.readings if r.pos == "NOUN" and "nomn" in r.grammemes and "sing" in r.grammemes
    ]
    gender = next((g for r in nouns for g in ("masc", "femn", "neut") if g in r.grammemes), "")
    if not gender:
        return {}
    tokens = {i: cell.tokens[i] for i in span if cell.tokens[i].word.adjectival()}
    forms = {i: inflect(t.text, "ADJF", "nomn", "sing", gender) for i, t in tokens.items()}
    return {i: form for i, form in forms.items() if form}


def _agreeing(cell: CellText, first: int, noun: int) -> dict[int, str]:
    """Return nominative singular forms of a noun and of the adjectives before it."""
    if noun < 0:
        return {}
    reading = noun_reading(cell.tokens[noun], cell.tokens[max(first, noun - 1)] if noun > first else None)
    if reading is None:
        return {}
    told = [] if cell.tokens[noun].word.known else sorted(reading.grammemes & GENDERS)
    changed = {noun: inflect(cell.tokens[noun].text, "NOUN", "nomn", "sing", *told)}
    gender = next((g for g in ("masc", "femn", "neut") if g in reading.grammemes), "masc")
    for index in range(noun - 1, first - 1, -1):
        token = cell.tokens[index]
        pos = "PRTF" if token.word.has("PRTF") and not token.word.has("ADJF") else "ADJF"
        if token.word.adjectival():
            changed[index] = inflect(token.text, pos, "nomn", "sing", gender)
        elif gender == "masc" and token.word.title and (own := POSSESSIVE.search(token.low)) and own["ending"]:
            # A founder's name before a monastery («Трифонова Печенгского …») is no noun there.
            changed[index] = token.text[: own.end("name")]
    return {index: form for index, form in changed.items() if form}


def noun_reading(token: Token, adjective: Token | None = None) -> Reading | None:
    """Return the likeliest noun reading of a token, None for abbreviations and unknown words in capitals.

    An adjective before it tells the gender of a word that no dictionary has («городского маслихата»).
    """
    if token.word.upper:
        return None
    nouns = [r for r in token.word.readings if r.pos == "NOUN"]
    if adjective is not None and adjective.word.adjectival() and not token.word.known:
        agreeing = [r for r in nouns if fits(adjective.word, r)]
        return next(iter(agreeing or nouns), None)
    return next(iter(nouns), None)


def _gender(cell: CellText, mention: Mention) -> str:
    reading = noun_reading(cell.tokens[mention.head]) if mention.head >= 0 else None
    return next((g for g in ("masc", "femn", "neut") if reading is not None and g in reading.grammemes), "masc")


def _nominative(token: Token) -> bool:
    return token.word.has("NOUN", "nomn") or token.word.upper


def _singular(place: str) -> str:
    """Return a place's name with the type word in the singular («городов Новосибирска»)."""
    return re.sub(r"^(?:городов|гг\.) ", "города ", place)


def _one_of_many(cell: CellText, mention: Mention) -> str:
    """Return the name of one of several numbered organisations that share kind and place."""
    first = mention.first if mention.number else mention.label_first
    words = cell.spelt(first, mention.head + 1, _agreeing(cell, first, mention.head))
    places = [_singular(cell.flat(geo.first, geo.last)) for geo in mention.geos]
    if not mention.number and cell.low(mention.head + 1) == "городов" and not places[0].startswith("город"):
        places[0] = f"города {places[0]}"
    name = " ".join([words, *([f"№ {mention.number}"] if mention.number else []), *places])
    return name[:1].upper() + name[1:]
