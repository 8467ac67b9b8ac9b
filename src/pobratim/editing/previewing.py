"""What a decision would change, in the words of the pages: things by their names, never by keys."""

import re
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, QuerySolutions

from pobratim.editing.corrections import value_words
from pobratim.editing.things import iri_of_thing
from pobratim.load.preview import Difference
from pobratim.messages import Language, text
from pobratim.resolve.fields import FIELDS
from pobratim.site.asking import page_query
from pobratim.store.backend import GraphReader

_THING = re.compile(r"\b(organisation|place|person|series):([a-z0-9][a-z0-9._~-]*)(?: ([a-z-]+)(?=,|$))?")
_KEYED = {"place": "place", "series": "series", "office": "organisation"}
"""Fields whose values are keys of one type."""
Thing = tuple[str, str]


class Names:
    """What things of a store are called."""

    def __init__(self, reader: GraphReader, more: Iterable[Difference] = ()) -> None:
        """``more`` name things that the store does not hold yet."""
        self._reader = reader
        self._known: dict[Thing, str] = {(one.kind, one.key): one.name for one in more if one.name}

    def of(self, kind: str, key: str) -> str:
        """Return what a thing is called, its key where nothing tells."""
        if (kind, key) not in self._known:
            self._known[kind, key] = self._asked(kind, key) or key
        return self._known[kind, key]

    def _asked(self, kind: str, key: str) -> str:
        iri = iri_of_thing(self._reader.manifest.get("base", ""), kind, key)
        if iri is None:
            return ""
        answer = self._reader.query(page_query("review-name"), {"iri": NamedNode(iri)})
        assert isinstance(answer, QuerySolutions)
        return min((row["label"].value for row in answer), default="")


def told(found: Sequence[Difference], names: Names, lang: Language) -> list[str]:
    """Return a line for each difference."""
    return [_line(one, names, lang) for one in found]


def _line(one: Difference, names: Names, lang: Language) -> str:
    kind = text(f"editing-kind-{one.kind}", lang)
    name = (
        names.of(one.kind, one.key)
        if one.kind != "contact"
        else _THING.sub(lambda found: names.of(*found.group(1, 2)), one.name)
    )
    if one.into:
        return text("editing-preview-joined", lang, kind=kind, name=name, into=names.of(one.kind, one.into))
    fields = "; ".join(
        text("editing-preview-field", lang, field=text(f"fact-{field}", lang), old=old or "—", new=new or "—")
        for field, before, after in one.fields
        for old, new in [_changed(one.kind, field, before, after, names, lang)]
    )
    return text(f"editing-preview-{one.change}", lang, kind=kind, name=name, fields=fields)


def _changed(kind: str, field: str, before: str, after: str, names: Names, lang: Language) -> tuple[str, str]:
    """Return the values of a field before and after, of fields of many values only those that differ."""
    old, new = ([part for part in text_.split(", ") if part] for text_ in (before, after))
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    shown = [", ".join(_value(kind, field, one, names, lang) for one in values) for values in (gone, come)]
    return shown[0], shown[1]


def _value(kind: str, field: str, value: str, names: Names, lang: Language) -> str:
    if field in _KEYED:
        return names.of(_KEYED[field], value)
    known = FIELDS.get(kind, {}).get(field)
    if known is not None and not known.names:
        return value_words(kind, field, value, {}, lang)
    return _named(value, names)


def _named(value: str, names: Names, quoted: str = "«{}»") -> str:
    """Return a text in which names, ``quoted``, stand for types and keys, without roles."""
    return _THING.sub(lambda found: quoted.format(names.of(found[1], found[2])), value)
