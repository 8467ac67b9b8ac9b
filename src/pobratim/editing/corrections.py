"""Fields that editors correct, in words: what each can be, and how a value is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.editing.things import Known, Value
from pobratim.editing.towns import name_of
from pobratim.errors import UsageError
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.skos import Concept
from pobratim.messages import Language, text
from pobratim.resolve.fields import FIELDS, Field, Thing, read_value, thing_of
from pobratim.site.words import word

_DAY = re.compile(r"([0-3]?[0-9])\.([01]?[0-9])\.([0-9]{4})")
_MONTH = re.compile(r"([01]?[0-9])\.([0-9]{4})")
_DATES = ("start", "end", "date")
_PLACE_KINDS = ("settlement", "district", "region")
_ROLE = "role"


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of a thing: its name in words, the values it has, and what may be chosen (code, words), if it is a list.

    ``asks`` says what is written where nothing is chosen: date, thing, party, part (a party with a role), pair or text.
    ``roles`` are for parts. ``what`` is named there: place, series or party, "" where no thing is.
    """

    field: str
    label: str
    values: tuple[Value, ...]
    is_many: bool
    may_be_blank: bool
    options: tuple[tuple[str, str], ...]
    asks: str
    roles: tuple[tuple[str, str], ...] = ()
    what: str = ""


def choices(thing: Known, lang: Language) -> list[Choice]:
    """Return the fields of a thing that can be corrected."""
    fields = FIELDS.get(thing.kind, {})
    return [choice_of(name, field, thing.facts.get(name, ()), lang) for name, field in fields.items()]


def choice_of(name: str, field: Field, values: tuple[Value, ...], lang: Language) -> Choice:
    """Return a field with the values that something has."""
    return Choice(
        name,
        text(f"fact-{name}", lang),
        values,
        field.many,
        field.blank,
        _options_of(name, field, lang),
        asked_of(name, field),
        _concepts("role", lang) if _ROLE in field.names else (),
        _what_of(field),
    )


def _options_of(name: str, field: Field, lang: Language) -> tuple[tuple[str, str], ...]:
    """Return the values that a field of a few values may have: code and words."""
    if field.scheme == "country":
        found = [(code, _called(one, lang)) for code, one in lexicon().countries.items()]
        return tuple(sorted(found, key=lambda pair: pair[1]))
    if field.scheme:
        return _concepts(field.scheme, lang)
    if name == "kind":
        return tuple((kind, word(f"place-{kind}", lang, "editing")) for kind in _PLACE_KINDS)
    return ()


def asked_of(name: str, field: Field) -> str:
    """Return what sort of value a field takes."""
    if name in _DATES:
        return "date"
    if _ROLE in field.names:
        return "part"
    return {0: "text", 1: "thing" if field.names[:1] != ("",) else "party", 2: "pair"}[len(field.names)]


def _what_of(field: Field) -> str:
    """Return what a value of a field names: place, series or party, "" for one that names nothing."""
    return next(iter(field.names), "") or ("party" if field.names else "")


def change_of(kind: str, name: str, sign: str, value: str) -> str:
    """Return a correction as the ledger has it; dates may be written as people do («12.11.2025»).

    Raises UsageError for a field that the type has not, or a value that the field cannot have.
    """
    field = FIELDS.get(kind, {}).get(name)
    if field is None or sign not in ("=", "+=", "-="):
        raise UsageError("decisions-field", value=name, type=kind, known=", ".join(FIELDS.get(kind, {})))
    told = iso_date(value) if name in _DATES else value
    read = read_value(field, told)
    if read is None:
        raise UsageError("decisions-value", field=name, value=value)
    return f"{name}{sign}{read}"


def iso_date(words: str) -> str:
    """Return a date as people write it in figures («12.11.2025», «11.2025») as EDTF; anything else as it is."""
    if day := _DAY.fullmatch(words.strip()):
        return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
    if month := _MONTH.fullmatch(words.strip()):
        return f"{month[2]}-{int(month[1]):02d}"
    return words.strip()


def value_words(kind: str, name: str, value: str, names: Mapping[tuple[str, str], str], lang: Language) -> str:
    """Return a value of a correction in words; ``names`` are those of things."""
    field = FIELDS.get(kind, {}).get(name)
    if field is None or not value:
        return value or "—"
    if name in _DATES:
        return ".".join(reversed(value.split("-")))
    if not field.names:
        return dict(_options_of(name, field, lang)).get(value, value)
    roles, told = dict(_concepts(_ROLE, lang)), []
    for what, part in zip(field.names, value.split(), strict=False):
        thing = (what, part) if what else thing_of(part)
        told.append(roles.get(part, part) if what == _ROLE else _name(thing, names) or part)
    return ", ".join(told)


def _name(thing: Thing | None, names: Mapping[Thing, str]) -> str:
    """Return what a thing is called; a town that no report names has its name of the gazetteer."""
    if thing is None:
        return ""
    return names.get(thing, "") or (name_of(thing[1]) if thing[0] == "place" else "")


def _concepts(scheme: str, lang: Language) -> tuple[tuple[str, str], ...]:
    found = [(one.local, _called(one, lang)) for one in lexicon().concepts(scheme)]
    return tuple(sorted(found, key=lambda pair: pair[1]))


def _called(one: Concept, lang: Language) -> str:
    return (one.english if lang == "en" else "") or one.label
