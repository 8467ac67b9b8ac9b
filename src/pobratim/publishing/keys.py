"""The keys of ``publication.toml``, taken one by one; what is missing, wrong or unknown becomes a finding."""

import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pobratim.content import content_root
from pobratim.publishing.authorities import Licence, authorities
from pobratim.publishing.findings import Finding

_Word = TypeVar("_Word", bound=str)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[!-~]*)?")
_FORBIDDEN = frozenset('<>"{}|\\^`?#')
"""What no IRI holds unescaped (RFC 3987), and what no base may have: a query or a fragment."""
_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_PHONE = re.compile(r"\+7[0-9]{10}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]{0,49}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SHOWN = 200
"""Characters of a value that a finding shows."""
_INN = re.compile(r"[0-9]{10}")
_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
"""Weights of the first nine digits of an organisation's INN; the tenth is their sum modulo 11, modulo 10."""


@cache
def template() -> str:
    """Return the file that ``publish --init`` writes: all keys with comments, an example as the value of each."""
    return (content_root() / "viz" / "publishing" / "publication.toml").read_text(encoding="utf-8")


def template_with(base: str) -> str:
    """Return the template with the base of a store."""
    return re.sub(r'(?m)^base = ".*"$', lambda _: f"base = {json.dumps(base)}", template(), count=1)


@cache
def example_of(path: str) -> str:
    """Return a value of a key as TOML has it, as a rule that of the template; "" for a key that it lacks."""
    if path in authorities().examples:
        return json.dumps(authorities().examples[path])
    place: object = tomllib.loads(template())
    for step in path.split("."):
        place = place.get(step) if isinstance(place, dict) else None
    return "" if place is None else json.dumps(place, ensure_ascii=False)


class Keys:
    """The table of a file. Each method takes a key, by its path with dots, and returns a value of the type asked for.

    ``findings`` are the faults met so far; the value of a faulty key is empty.
    """

    def __init__(self, file: Path, table: Mapping[str, Any]) -> None:
        """Take the table that the file holds."""
        self.findings: list[Finding] = []
        self._file = file
        self._table = table
        self._known: set[str] = set()

    def close(self) -> None:
        """Note the keys that nobody has taken."""
        for path in _paths(self._table):
            steps = path.split(".")
            if not any(".".join(steps[: n + 1]) in self._known for n in range(len(steps))):
                near = get_close_matches(path, sorted(self._known), n=1)
                self.wrong(path, "key-unknown", near=near[0] if near else ", ".join(sorted(self._known)))

    def wrong(self, path: str, code: str, **values: str) -> None:
        """Note a fault of a key."""
        told = {"key": path, "example": example_of(path), **values}
        found = tuple((name, value[:_SHOWN]) for name, value in told.items())
        self.findings.append(Finding("error", f"{self._file}, {path}", code, found))

    def text(self, path: str, optional: bool = False) -> str:
        """Return a text without white space around it."""
        value = self._value(path, optional)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip() or _CONTROL.search(value):
            self._malformed(path, value)
            return ""
        return value.strip()

    def texts(self, path: str, languages: Sequence[_Word], least: int = 1, most: int = 300) -> Mapping[_Word, str]:
        """Return texts of so many characters by language, one in each of ``languages``."""
        found = {}
        for lang in languages:
            said = self.text(f"{path}.{lang}")
            if said and not least <= len(said) <= most:
                self.wrong(f"{path}.{lang}", "text-length", length=str(len(said)), least=str(least), most=str(most))
            found[lang] = said
        return MappingProxyType(found)

    def words(self, path: str, languages: Sequence[_Word]) -> Mapping[_Word, tuple[str, ...]]:
        """Return lists of words by language, one in each of ``languages``."""
        return MappingProxyType({lang: self._list(f"{path}.{lang}") for lang in languages})

    def choice(self, path: str, known: Sequence[_Word], default: _Word | None = None) -> _Word:
        """Return one of a few words, ``default`` for a key that is not there."""
        said = self.text(path, optional=default is not None)
        found = next((word for word in known if word == said), None)
        if said and found is None:
            self.wrong(path, "key-choice", value=said, known=", ".join(known))
        return found or default or known[0]

    def several(self, path: str, known: Sequence[_Word]) -> tuple[_Word, ...]:
        """Return one or more of a few words, each once, in the order of the file."""
        found = dict.fromkeys(self._list(path))
        for one in found:
            if one not in known:
                self.wrong(path, "key-choice", value=one, known=", ".join(known))
        return tuple(word for one in found for word in known if word == one)

    def address(self, path: str, optional: bool = False) -> str:
        """Return an absolute IRI in ASCII without a slash at the end."""
        said = self.text(path, optional)
        if said and (not _ADDRESS.fullmatch(said) or _FORBIDDEN & set(said)):
            self.wrong(path, "address-form", value=said)
            return ""
        return said.rstrip("/")

    def email(self, path: str) -> str:
        """Return an e-mail address."""
        return self._formed(path, _EMAIL, "email-form").removeprefix("mailto:")

    def phone(self, path: str) -> str:
        """Return a telephone number: +7 and ten digits."""
        return self._formed(path, _PHONE, "phone-form")

    def latin(self, path: str) -> str:
        """Return a name of Latin letters and digits."""
        return self._formed(path, _LATIN, "set-form")

    def inn(self, path: str) -> str:
        """Return an organisation's taxpayer number, whose tenth digit proves the others."""
        said = self._formed(path, _INN, "inn-form")
        if said and not _proven(said):
            self.wrong(path, "inn-digit", value=said)
        return said

    def licence(self, path: str) -> Licence:
        """Return the licence of a code or IRI."""
        said = self.text(path)
        found = authorities().licence(said) if said else None
        if said and found is None:
            self.wrong(path, "licence-unknown", value=said, known=", ".join(authorities().licences))
        return found or Licence("", "", "")

    def whole(self, path: str, least: int, most: int, default: int) -> int:
        """Return a whole number within bounds, ``default`` for a key that is not there."""
        value = self._value(path, optional=True)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.wrong(path, "key-number", value=str(value), least=str(least), most=str(most))
            return default
        return value

    def _formed(self, path: str, form: re.Pattern[str], code: str) -> str:
        said = self.text(path)
        if said and not form.fullmatch(said):
            self.wrong(path, code, value=said)
            return ""
        return said

    def _list(self, path: str) -> tuple[str, ...]:
        value = self._value(path)
        if value is None:
            return ()
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
            self._malformed(path, value)
            return ()
        return tuple(one.strip() for one in value)

    def _value(self, path: str, optional: bool = False) -> object:
        """Return what stands under a path, None where nothing does, which is a fault unless it is ``optional``."""
        self._known.add(path)
        place: object = self._table
        for step in path.split("."):
            place = place.get(step) if isinstance(place, dict) else None
        if place is None and not optional:
            self.wrong(path, "key-missing")
        return place

    def _malformed(self, path: str, value: object) -> None:
        self.wrong(path, "key-value", value=str(value))


def _paths(table: Mapping[str, Any], before: str = "") -> Collection[str]:
    found: list[str] = []
    for key, value in table.items():
        inner = _paths(value, f"{before}{key}.") if isinstance(value, dict) else ()
        found += inner or [f"{before}{key}"]
    return found


def _proven(inn: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(_INN_WEIGHTS, inn, strict=False)) % 11 % 10 == int(inn[9])
