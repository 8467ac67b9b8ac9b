"""What of a thing a line of the ledger can correct: one table of fields, which tells how each value is read.

A line is ``field=value``, or for a field of many values ``field+=value`` and ``field-=value``. A value may name a
thing: by its key where the field takes one type (``place``), else as ``type:key``, with a role behind it or a second
party.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pobratim.lexicon.lexicon import lexicon
from pobratim.resolve.edtf import first_day
from pobratim.resolve.keys import nameless

Thing = tuple[str, str]
"""Type and key."""
Final = Callable[[Thing], str | None]
"""Tells the key under which a thing is known now, None for one that nobody tells of."""

KEY = re.compile(r"[a-z0-9][a-z0-9._~-]*")
_CHANGE = re.compile(r"([a-z]+)(=|\+=|-=)(.*)")
_IRI = re.compile(r"https?://\S+/id/([a-z]+)/(\S+)")
_EDTF = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_PLACE_KINDS = ("settlement", "district", "region")
_PARTICIPANT = "participant"


def key_of(text: str, kind: str) -> str:
    """Return the key of an IRI of that type; a key, or another type's IRI, as it is. A post is its person.

    Keys of persons by which former ledgers named them are given as those of today.
    """
    iri = _IRI.fullmatch(text)
    key = iri[2] if iri and kind in (iri[1], "person" if iri[1] == "post" else "") else text
    return nameless(key) if kind == "person" and KEY.fullmatch(key) else key


def thing_of(text: str) -> Thing | None:
    """Return the organisation or place that ``type:key`` or an IRI names, None for anything else."""
    iri = _IRI.fullmatch(text)
    kind, _, key = f"{iri[1]}:{iri[2]}".partition(":") if iri else text.partition(":")
    return (kind, key) if kind in ("organisation", "place") and KEY.fullmatch(key) else None


@dataclass(frozen=True, slots=True)
class Field:
    """How a field's value is read: ``read`` gives it as the ledger keeps it, None for one that it cannot have.

    ``many`` values are added and taken away; a ``blank`` one may be set to nothing. ``names`` are the parts of a value
    that are things, "" for a thing of any type (``type:key``); ``record`` is where a row holds it.
    """

    read: Callable[[str], str | None]
    many: bool = False
    blank: bool = False
    names: tuple[str, ...] = ()
    record: str = ""
    scheme: str = ""


def _concept(scheme: str) -> Callable[[str], str | None]:
    return lambda text: text if any(one.local == text for one in lexicon().concepts(scheme)) else None


def _concepts(scheme: str, **more: Any) -> Field:
    return Field(_concept(scheme), scheme=scheme, **more)


def _country(text: str) -> str | None:
    return text if text in lexicon().countries else None


def _date(text: str) -> str | None:
    return text if _EDTF.fullmatch(text) and first_day(text) else None


def _words(text: str) -> str | None:
    return text or None


def _place_kind(text: str) -> str | None:
    return text if text in _PLACE_KINDS else None


def _key(kind: str) -> Callable[[str], str | None]:
    return lambda text: key if KEY.fullmatch(key := key_of(text, kind)) else None


def _party(text: str) -> str | None:
    found = thing_of(text)
    return ":".join(found) if found else None


def _part(text: str) -> str | None:
    """Read who took part, with a role: «organisation:by-vitebsk-school-7 host»."""
    named, _, role = text.partition(" ")
    found = _party(named)
    return found and _concept("role")(role or _PARTICIPANT) and f"{found} {role or _PARTICIPANT}"


def _pair(text: str) -> str | None:
    """Read two parties, apart by a space."""
    found = [_party(one) for one in text.split()]
    return " ".join(one for one in found if one) if len(found) == 2 == len({*found} - {None}) else None


_ACTIVITY = {
    "kind": _concepts("event-kind", record="kind"),
    "start": Field(_date, record="start"),
    "end": Field(_date, record="end"),
    "mode": _concepts("format", blank=True, record="mode"),
    "series": Field(_key("series"), blank=True, names=("series",), record="series"),
    "place": Field(_key("place"), many=True, names=("place",), record="places"),
    "country": Field(_country, scheme="country", many=True, record="countries"),
    "topic": _concepts("topic", many=True, record="topics"),
    "participant": Field(_part, many=True, names=("", "role")),
    "tie": Field(_pair, many=True, names=("", "")),
}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "activity": _ACTIVITY,
    "entry": _ACTIVITY,
    "agreement": {
        "kind": _concepts("agreement-kind"),
        "status": _concepts("agreement-status"),
        "date": Field(_date, blank=True),
        "end": Field(_date, blank=True),
        "term": _concepts("agreement-term"),
        "number": Field(_words, blank=True),
        "party": Field(_party, many=True, names=("",)),
    },
    "organisation": {
        "kind": _concepts("organisation-kind"),
        "place": Field(_key("place"), names=("place",)),
        "country": Field(_country, scheme="country"),
    },
    "place": {"kind": Field(_place_kind), "country": Field(_country, scheme="country")},
}
"""Type of a thing → what can be corrected of it. A row (entry) stands for the event that it tells of."""


def parts_of(change: str) -> tuple[str, str, str]:
    """Return field, sign and value of «field=value», three times "" for what is none."""
    found = _CHANGE.fullmatch(change)
    return (found[1], found[2], found[3].strip()) if found else ("", "", "")


def signs(field: Field) -> tuple[str, ...]:
    """Return the signs with which a field is corrected."""
    return ("+=", "-=") if field.many else ("=",)


def read_value(field: Field, text: str) -> str | None:
    """Return a value as the ledger keeps it, None for one that the field cannot have."""
    return "" if field.blank and not text else field.read(text)


def things_in(kind: str, change: str) -> list[Thing]:
    """Return the things that the value of a correction names."""
    name, _, value = parts_of(change)
    field = FIELDS[kind][name]
    return [thing for told, text in zip(field.names, value.split(), strict=False) if (thing := _named(told, text))]


def with_final_keys(kind: str, change: str, final: Final) -> str | None:
    """Return a correction with the keys that its things have now, None where one of them is not known."""
    name, sign, value = parts_of(change)
    field, words = FIELDS[kind][name], list[str]()
    if not field.names:
        return change
    for told, text in zip(field.names, value.split(), strict=False):
        thing = _named(told, text)
        key = final(thing) if thing else text
        if key is None:
            return None
        words.append(f"{thing[0]}:{key}" if thing and not told else key)
    return f"{name}{sign}{' '.join(words)}"


def _named(told: str, text: str) -> Thing | None:
    return None if told == "role" else (told, text) if told else thing_of(text)


def things(value: str) -> Iterable[Thing]:
    """Return the things of a value that names parties, in its order."""
    return [thing for text in value.split() if (thing := thing_of(text))]
