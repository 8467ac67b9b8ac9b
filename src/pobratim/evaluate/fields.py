"""Score one row, field by field. A ``*_ok`` key: further accepted answers, neither required nor wrong."""

from collections.abc import Hashable, Iterable
from typing import Any

from pobratim.evaluate.match import (
    organisation_score,
    pair,
    person_score,
    squeeze,
)
from pobratim.evaluate.scores import Row

Item = dict[str, Any]


def score_row(row: Row, gold: Item, got: Item) -> list[tuple[str, str]]:
    """Note every field but those that span rows. Return (gold id, record id) of the matched organisations."""
    skip = set(gold.get("skip", []))
    _single_fields(row, gold, got, skip)
    if "topics" not in skip:
        row.items("topics", gold["topics"], got.get("topics", []), gold.get("topics_ok", []))
    if "countries" not in skip:
        row.items("countries", gold["countries"], got.get("countries", []), gold.get("countries_ok", []))
    if "places" not in skip:
        _places(row, gold, got)
    names, matched = _institutions(row, gold, got, scored="institutions" not in skip)
    if "people" not in skip:
        _people(row, gold, got)
    if "agreements" not in skip:
        _agreements(row, gold, got, names)
    if "ties" not in skip:
        ties = [_tie(tie, names) for tie in got.get("ties", [])]
        row.items("ties", map(_gold_tie, gold["ties"]), ties, map(_gold_tie, gold.get("ties_ok", [])), _shown)
    return matched


def _single_fields(row: Row, gold: Item, got: Item, skip: set[str]) -> None:
    def right(name: str) -> bool:
        return squeeze(got.get(name, "")) in map(squeeze, (gold[name], *gold.get(f"{name}_ok", [])))

    for name in ("reporter", "title", "start", "end", "mode"):
        if name not in skip:
            row.single(name, right(name), gold[name], got.get(name, ""))
    if "kind" not in skip:
        first = (got.get("kind") or [""])[0]
        row.single("kind", first in gold["kind"], " | ".join(gold["kind"]), first)
    if not skip & {"start", "end", "dates"}:
        dates, given = ((item.get("start", ""), item.get("end", "")) for item in (gold, got))
        row.single("dates", right("start") and right("end"), "/".join(dates), "/".join(given))


def _places(row: Row, gold: Item, got: Item) -> None:
    def keys(item: Item, name: str) -> list[tuple[str, str]]:
        return [(squeeze(place["name"]), place.get("country", "")) for place in item.get(name, [])]

    wanted, given, accepted = keys(gold, "places"), keys(got, "places"), keys(gold, "places_ok")
    row.items("places", wanted, given, accepted)
    names, given_names, accepted_names = ([name for name, _ in found] for found in (wanted, given, accepted))
    row.items("place-names", names, given_names, accepted_names)


def _institutions(row: Row, gold: Item, got: Item, *, scored: bool) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return record id → gold id, and the matched pairs (gold id, record id) of what gold requires."""
    required, accepted = gold["institutions"], gold.get("institutions_ok", [])
    given = got.get("institutions", [])
    first = pair(required, given, organisation_score)
    left = [item for j, item in enumerate(given) if all(j != b for _, b in first)]
    second = pair(accepted, left, organisation_score)
    names = {given[j]["id"]: required[i]["id"] for i, j in first}
    names |= {left[j]["id"]: accepted[i]["id"] for i, j in second}
    if scored:
        row.counted("institutions", len(first))
        for i, item in enumerate(required):
            if all(i != a for a, _ in first):
                row.missed("institutions", f"{item['name']} [{item['place']}]")
        for j, item in enumerate(left):
            if all(j != b for _, b in second):
                row.wrong("institutions", f"{item['name']} [{item.get('place', '')}]")
        roles = gold.get("roles_ok", {})
        for i, j in first:
            _attributes(row, required[i], given[j], roles.get(required[i]["id"], []))
    return names, [(required[i]["id"], given[j]["id"]) for i, j in first]


def _attributes(row: Row, gold: Item, got: Item, roles: Iterable[str]) -> None:
    for field, key, further in (
        ("role", "role", roles),
        ("institution-place", "place", ()),
        ("institution-country", "country", ()),
    ):
        answers = {squeeze(answer) for answer in (gold[key], *gold.get(f"{key}_ok", []), *further)}
        shown = f"{gold['name']}: {gold[key]}"
        row.single(field, squeeze(got.get(key, "")) in answers, shown, got.get(key, ""))


def _people(row: Row, gold: Item, got: Item) -> None:
    required, accepted, given = gold["people"], gold.get("people_ok", []), got.get("people", [])
    pairs = pair([*required, *accepted], given, person_score)
    row.counted("people", sum(i < len(required) for i, _ in pairs))
    for i, item in enumerate(required):
        if all(i != a for a, _ in pairs):
            row.missed("people", _person(item))
    for j, item in enumerate(given):
        if all(j != b for _, b in pairs):
            row.wrong("people", _person(item))


def _person(item: Item) -> str:
    return f"{item['name'] or '—'}, {item['post']}"


def _agreements(row: Row, gold: Item, got: Item, names: dict[str, str]) -> None:
    required, accepted, given = gold["agreements"], gold.get("agreements_ok", []), got.get("agreements", [])

    def parties(item: Item) -> set[str]:
        return {_party(party, names) for party in item.get("parties", [])}

    def score(wanted: Item, found: Item) -> float:
        kinds, dates = ((wanted[key], *wanted.get(f"{key}_ok", [])) for key in ("kind", "date"))
        if found["kind"] not in kinds or found["status"] != wanted["status"] or found["date"] not in dates:
            return 0.0
        # Parties do not decide whether agreements match, only which of several alike do.
        return 1.0 + len({_gold_party(party) for party in wanted["parties"]} & parties(found))

    pairs = pair([*required, *accepted], given, score)
    row.counted("agreements", sum(i < len(required) for i, _ in pairs))
    for i, item in enumerate(required):
        if all(i != a for a, _ in pairs):
            row.missed("agreements", _agreement(item))
    for j, item in enumerate(given):
        if all(j != b for _, b in pairs):
            row.wrong("agreements", _agreement(item))
    for i, j in pairs:
        if i < len(required):
            wanted = map(_gold_party, required[i]["parties"])
            neutral = map(_gold_party, required[i].get("parties_ok", []))
            row.items("agreement-parties", wanted, parties(given[j]), neutral)


def _agreement(item: Item) -> str:
    return f"{item['kind']}, {item['status']}, {item['date'] or '—'}: {', '.join(item.get('parties', []))}"


def _gold_party(name: str) -> str:
    return squeeze(name)


def _party(name: str, names: dict[str, str]) -> str:
    return squeeze(names.get(name, name))


def _gold_tie(tie: list[str]) -> Hashable:
    return frozenset(map(_gold_party, tie))


def _tie(tie: list[str], names: dict[str, str]) -> Hashable:
    return frozenset(_party(name, names) for name in tie)


def _shown(tie: Hashable) -> str:
    return " – ".join(sorted(tie)) if isinstance(tie, frozenset) else str(tie)
