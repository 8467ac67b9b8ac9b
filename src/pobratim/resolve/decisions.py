"""The ledger file: one decision a line, tab-separated, read whole and checked whole before it is used.

Columns: verdict, type, left, right, why, date. Empty lines, those that begin with # and the heading are passed over.
``left`` and ``right`` are keys or IRIs; ``rename`` has the new name in ``right``, ``correct`` a ``field=value``,
``withdrawn`` nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import cast

from pobratim.errors import LedgerError, UsageError, cause_of
from pobratim.ground import disk
from pobratim.lexicon.lexicon import lexicon
from pobratim.problems import Problem
from pobratim.resolve.keys import nameless
from pobratim.resolve.ledger import VERDICTS, Decision, Verdict, linked

COLUMNS = ("verdict", "type", "left", "right", "why", "date")
PAIRED = ("organisation", "place", "activity", "agreement")
"""What can be the same or not."""
NAMED = ("organisation", "place", "activity", "series")
"""What can be renamed."""
FIELDS = {"organisation": ("kind", "place", "country"), "place": ("kind", "country"), "activity": ("kind",)}
"""What can be corrected."""
WITHDRAWABLE = ("report", "entry", "activity", "organisation", "place", "person", "agreement", "series")
"""What can be withdrawn; an entry is a row of a report."""
_TYPES = {
    "same": PAIRED, "not-same": PAIRED, "rename": NAMED, "correct": tuple(FIELDS), "withdrawn": WITHDRAWABLE,
}  # fmt: skip
_ROW_KEY = re.compile(r"[a-z0-9][a-z0-9._~-]*/[0-9]+")
_KEY = re.compile(r"[a-z0-9][a-z0-9._~-]*")
_IRI = re.compile(r"https?://\S+/id/([a-z]+)/(\S+)")
_PLACE_KINDS = ("settlement", "district", "region")
_HEADING = "\t".join(COLUMNS) + "\n"


def read_decisions(file: Path, wanted: bool = False) -> list[Decision]:
    """Return the decisions of a file, none if it is absent.

    Raises LedgerError for faulty lines, UsageError for a file that cannot be read, or is absent although ``wanted``.
    """
    if wanted and not file.exists():
        raise UsageError("decisions-missing", file=file)
    return parse_decisions(_text(file), file.name)


def parse_decisions(text: str, name: str) -> list[Decision]:
    """Return the decisions of a ledger's text. Raises LedgerError with every fault of it, each with its line."""
    found: list[Decision] = []
    faults: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip() for part in line.split("\t")]
        if not line.strip() or line.startswith("#") or parts[: len(COLUMNS)] == list(COLUMNS):
            continue
        fault = _fault(parts)
        if fault:
            code, values = fault
            faults.append(Problem("error", code, name, number, values=values))
        else:
            found.append(_decision(parts, number))
    faults.extend(_contradictions(found, name))
    if faults:
        raise LedgerError(sorted(faults, key=lambda fault: fault.row or 0))
    return found


def add_decisions(file: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions behind those of a file, all or none. Raises LedgerError where they do not go together.

    Another writer waits; a reader sees the old file or the new one.
    """
    with _alone(file):
        old = _text(file) or _HEADING
        lines = [_line(one) for one in decisions]
        new = old + ("" if old.endswith("\n") else "\n") + "".join(lines)
        parse_decisions(new, file.name)
        try:
            disk.write_whole(file, new.encode(), file.with_name(f".{file.name}.part"))
        except OSError as error:
            raise UsageError("decisions-unwritable", file=file, cause=cause_of(error)) from error


def _line(one: Decision) -> str:
    # A tab or a line break in somebody's words would begin a column or a line.
    values = (one.verdict, one.type, one.left, one.right, one.why, one.date)
    return "\t".join(" ".join(value.split()) for value in values).rstrip() + "\n"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("decisions-unreadable", file=file, cause=error) from error


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(disk.exclusive(file.with_name(f".{file.name}.lock")))
        except OSError as error:
            raise UsageError("decisions-unwritable", file=file, cause=cause_of(error)) from error
        yield


Fault = tuple[str, tuple[tuple[str, str], ...]]


def _fault(parts: Sequence[str]) -> Fault | None:
    """Return what is wrong with the columns of one line, as code and values of a message."""
    if not (3 if parts[0] == "withdrawn" else 4) <= len(parts) <= len(COLUMNS):
        return "decisions-columns", (("found", str(len(parts))), ("wanted", ", ".join(COLUMNS)))
    verdict, kind, left, right, _, when = [*parts, "", "", ""][: len(COLUMNS)]
    if verdict not in VERDICTS:
        return "decisions-verdict", (("value", verdict), ("known", ", ".join(VERDICTS)))
    if kind not in _TYPES[verdict]:
        return "decisions-type", (("value", kind), ("verdict", verdict), ("known", ", ".join(_TYPES[verdict])))
    for text in (left, right) if verdict in ("same", "not-same") else (left,):
        if not (_ROW_KEY if kind == "entry" else _KEY).fullmatch(key_of(text, kind)):
            return "decisions-key", (("value", text), ("type", kind))
    if when and not _is_date(when):
        return "decisions-date", (("value", when),)
    if verdict in ("same", "not-same"):
        return ("decisions-self", (("value", left),)) if key_of(left, kind) == key_of(right, kind) else None
    if verdict == "rename":
        return None if right else ("decisions-name", ())
    if verdict == "withdrawn":
        return ("decisions-nothing-more", (("value", right),)) if right else None
    return _field_fault(kind, right)


def _field_fault(kind: str, text: str) -> Fault | None:
    name, sign, value = text.partition("=")
    if not sign or name not in FIELDS[kind]:
        return "decisions-field", (("value", text), ("type", kind), ("known", ", ".join(FIELDS[kind])))
    if not _VALUES[kind, name](value):
        return "decisions-value", (("field", name), ("value", value))
    return None


def _decision(parts: Sequence[str], line: int) -> Decision:
    verdict, kind, left, right, why, when = [*parts, "", "", ""][: len(COLUMNS)]
    other = key_of(right, kind) if verdict in ("same", "not-same") else right
    if verdict == "correct" and right.startswith("place="):
        other = "place=" + key_of(right.removeprefix("place="), "place")
    return Decision(cast(Verdict, verdict), kind, key_of(left, kind), other, why, when, line)


def key_of(text: str, kind: str) -> str:
    """Return the key of an IRI of that type; a key, or another type's IRI, as it is. A post is its person.

    Keys of persons by which former ledgers named them are given as those of today.
    """
    iri = _IRI.fullmatch(text)
    key = iri[2] if iri and kind in (iri[1], "person" if iri[1] == "post" else "") else text
    return nameless(key) if kind == "person" and _KEY.fullmatch(key) else key


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_concept(scheme: str) -> Callable[[str], bool]:
    return lambda value: any(concept.local == value for concept in lexicon().concepts(scheme))


def _is_country(value: str) -> bool:
    return value in lexicon().countries


_VALUES: dict[tuple[str, str], Callable[[str], bool]] = {
    ("organisation", "kind"): _is_concept("organisation-kind"),
    ("organisation", "place"): lambda value: bool(_KEY.fullmatch(key_of(value, "place"))),
    ("organisation", "country"): _is_country,
    ("place", "kind"): lambda value: value in _PLACE_KINDS,
    ("place", "country"): _is_country,
    ("activity", "kind"): _is_concept("event-kind"),
}


def _contradictions(decisions: Sequence[Decision], name: str) -> Iterator[Problem]:
    """Yield where two lines cannot both hold, at the later of the two."""
    for kind in PAIRED:
        same = [one for one in decisions if one.type == kind and one.verdict == "same"]
        yield from _circles(same, name)
        for one in decisions:
            if one.type == kind and one.verdict == "not-same":
                joined = _joining(one.pair, same)
                if joined:
                    yield _both("decisions-contradict", one, joined, name)
    set_by: dict[tuple[str, str, str], Decision] = {}
    for one in decisions:
        if one.verdict in ("rename", "correct"):
            field_name = one.right.partition("=")[0] if one.verdict == "correct" else ""
            first = set_by.setdefault((one.type, one.left, field_name), one)
            if first.right != one.right:
                yield _both("decisions-twice", one, first, name)


def _circles(same: Sequence[Decision], name: str) -> Iterator[Problem]:
    """Yield where keys replace each other in a circle, so that none would stay."""
    known: list[Decision] = []
    for one in same:
        back = _way(one.right, one.left, known)
        if back:
            yield _both("decisions-circle", one, back[-1], name)
        else:
            known.append(one)


def _way(start: str, end: str, same: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that lead from one key to another along «left stays for right», none if there is no way."""
    ways: dict[str, list[Decision]] = {start: []}
    fresh = [start]
    while fresh:
        at = fresh.pop()
        for one in same:
            if one.left == at and one.right not in ways:
                ways[one.right] = [*ways[at], one]
                fresh.append(one.right)
    return ways.get(end, [])


def _joining(pair: frozenset[str], same: Sequence[Decision]) -> Decision | None:
    """Return the line by which two keys become one, None if they do not: the last one, should several lead there."""
    before: list[frozenset[str]] = []
    for one in same:
        before.append(one.pair)
        if any(pair <= keys for keys in linked(before)):
            return one
    return None


def _both(code: str, one: Decision, other: Decision, name: str) -> Problem:
    first, second = sorted((one, other), key=lambda decision: decision.line)
    return Problem("error", code, name, second.line, values=(("line", str(second.line)), ("other", str(first.line))))
