"""Values of the resolver's types as text and back: what the state of identity keeps of them.

A dataclass is the list of its fields, read back by their annotations; so a new field needs nothing here, and a state is
good for one edition of the program only.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
_Make = Callable[[Any], Any]
_BARE = frozenset((str, int, float, bool, NoneType))
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(value: Any) -> str:
    """Return a value as text: equal values give equal texts, other values of its type other ones."""
    return _ENCODED(_plain(value))


def unpack(kind: type[Kind], text: str) -> Kind:
    """Return the value of ``kind`` of which ``pack`` made ``text``. Raises TypeError for a kind that cannot be kept."""
    found: Kind = _maker(kind)(json.loads(text))
    return found


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _BARE:
        return value
    values = _values(kind)
    if values is not None:
        return [item if type(item) in _BARE else _plain(item) for item in values(value)]
    if isinstance(value, frozenset | set):
        return sorted((_plain(item) for item in value), key=json.dumps)
    if isinstance(value, dict):
        return [[_plain(key), _plain(item)] for key, item in value.items()]
    return [item if type(item) in _BARE else _plain(item) for item in value]


def _getter(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return what gives the values of all fields of a type at once, None for a type that is no dataclass."""
    if not is_dataclass(kind):
        return None
    names = _names(kind)
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _new_maker(kind: Any) -> _Make:
    """Return what makes a value of a type of plain JSON."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool, NoneType, Any) or origin is Literal:
        return lambda value: value
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        makers = [_maker(hints[name]) for name in _names(kind)]
        return lambda value: kind(*(make(item) for make, item in zip(makers, value, strict=True)))
    if origin in (Union, UnionType):
        return _optional([part for part in parts if part is not NoneType])
    if origin is tuple and parts[-1] is not Ellipsis:
        makers = [_maker(part) for part in parts]
        return lambda value: tuple(make(item) for make, item in zip(makers, value, strict=True))
    if origin is dict:
        first, second = map(_maker, parts)
        return lambda value: {first(key): second(item) for key, item in value}
    if origin in (tuple, list, set, frozenset):
        make = _maker(parts[0])
        return lambda value: origin(map(make, value))
    raise TypeError(f"{kind} cannot be kept")


def _optional(parts: list[Any]) -> _Make:
    if len(parts) != 1:
        raise TypeError(f"{parts} cannot be told apart")
    make = _maker(parts[0])
    return lambda value: None if value is None else make(value)


_names: Callable[[Any], tuple[str, ...]] = cache(_field_names)
_maker: Callable[[Any], _Make] = cache(_new_maker)
_values: Callable[[Any], Callable[[Any], tuple[Any, ...]] | None] = cache(_getter)
