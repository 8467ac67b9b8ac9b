"""Which lines of a ledger cannot both hold."""

from collections.abc import Iterator, Sequence

from pobratim.problems import Problem
from pobratim.resolve.edtf import first_day, last_day
from pobratim.resolve.fields import parts_of, things
from pobratim.resolve.ledger import Decision, linked


def contradictions(decisions: Sequence[Decision], name: str) -> Iterator[Problem]:
    """Yield where two lines of the file ``name`` cannot both hold, at the later of the two."""
    for kind in dict.fromkeys(one.type for one in decisions):
        same = [one for one in decisions if one.type == kind and one.verdict == "same"]
        yield from _circles(same, name)
        for one in decisions:
            if one.type == kind and one.verdict == "not-same":
                joined = _joining(one.pair, same)
                if joined:
                    yield _both("decisions-contradict", one, joined, name)
    yield from _set_twice(decisions, name)
    yield from _ends_before_start(decisions, name)
    yield from _tied_and_not(decisions, name)
    yield from _shown_and_masked(decisions, name)


def _set_twice(decisions: Sequence[Decision], name: str) -> Iterator[Problem]:
    """Yield where a field is set to two values, or one value is both added and taken away."""
    set_by: dict[tuple[str, ...], Decision] = {}
    for one in decisions:
        if one.verdict in ("rename", "correct"):
            field, sign, value = ("", "=", "") if one.verdict == "rename" else parts_of(one.right)
            # One who took part in two roles did so twice; two parties are one pair, whoever stands first.
            which = "" if sign == "=" else " ".join(sorted(map(":".join, things(value)))) or value
            first = set_by.setdefault((one.type, one.left, field, which), one)
            if _said(first) != _said(one):
                yield _both("decisions-twice", one, first, name)


def _said(one: Decision) -> str:
    field, sign, _ = parts_of(one.right) if one.verdict == "correct" else ("", "=", "")
    return one.right if sign == "=" else field + sign


def _ends_before_start(decisions: Sequence[Decision], name: str) -> Iterator[Problem]:
    dates: dict[tuple[str, str, str], Decision] = {}
    for one in decisions:
        field, _, value = parts_of(one.right) if one.verdict == "correct" else ("", "", "")
        if field in ("start", "end") and value:
            dates.setdefault((one.type, one.left, field), one)
    for (kind, key, field), one in dates.items():
        end = dates.get((kind, key, "end"))
        if field == "start" and end is not None:
            first, last = first_day(parts_of(one.right)[2]), last_day(parts_of(end.right)[2])
            if first and last and first > last:
                yield _both("decisions-span", one, end, name)


def _tied_and_not(decisions: Sequence[Decision], name: str) -> Iterator[Problem]:
    """Yield where two things have a contact at one event, and none at all."""
    none = {frozenset(one.things): one for one in decisions if one.verdict == "not-tie"}
    for one in decisions:
        field, sign, value = parts_of(one.right) if one.verdict == "correct" else ("", "", "")
        other = none.get(frozenset(things(value))) if (field, sign) == ("tie", "+=") else None
        if other is not None:
            yield _both("decisions-contradict", one, other, name)


def _shown_and_masked(decisions: Sequence[Decision], name: str) -> Iterator[Problem]:
    """Yield where a name of a row goes out and does not."""
    said: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        if one.verdict in ("show-name", "mask-name"):
            first = said.setdefault((one.left, one.right.casefold()), one)
            if first.verdict != one.verdict:
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
