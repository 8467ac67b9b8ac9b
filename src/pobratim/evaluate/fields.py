"""Score one row, field by field. A ``*_ok`` key: further accepted answers, neither required nor wrong."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from pobratim.evaluate.match import (
    organisation_score,
    pair,
    person_score,
    spanned,
    squeeze,
)
from pobratim.evaluate.parties import comparable
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
        _ties(row, gold, got, names)
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
    required, given = gold["institutions"], got.get("institutions", [])
    first, second, left = _matched(gold, got)
    names = matched_names(gold, got)
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


_Pairs = list[tuple[int, int]]


def _matched(gold: Item, got: Item) -> tuple[_Pairs, _Pairs, list[Item]]:
    """Return the pairs with required organisations, those of what is left with accepted ones, and what was left."""
    given = got.get("institutions", [])
    first = pair(gold["institutions"], given, organisation_score)
    left = [item for j, item in enumerate(given) if all(j != b for _, b in first)]
    return first, pair(gold.get("institutions_ok", []), left, organisation_score), left


def matched_names(gold: Item, got: Item) -> dict[str, str]:
    """Return record id → gold id of the organisations that gold requires or accepts."""
    first, second, left = _matched(gold, got)
    names = {got["institutions"][j]["id"]: gold["institutions"][i]["id"] for i, j in first}
    return names | {left[j]["id"]: gold["institutions_ok"][i]["id"] for i, j in second}


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
    """An agreement is right when its status, its date and all its parties are; its kind is a field of its own."""
    required, accepted, given = gold["agreements"], gold.get("agreements_ok", []), got.get("agreements", [])
    party, wanted_party = compared(gold, got, names)

    def readings(item: Item) -> tuple[set[Hashable], set[Hashable]]:
        return {*map(wanted_party, item["parties"])}, {*map(wanted_party, item.get("parties_ok", []))}

    def score(wanted: Item, found: Item) -> float:
        date = spanned(found["date"] or found.get("planned", ""))
        dates = map(spanned, (wanted["date"], *wanted.get("date_ok", [])))
        if found["status"] != wanted["status"] or date not in dates:
            return 0.0
        return 1.0 if _all_parties(*readings(wanted), {*map(party, found.get("parties", []))}) else 0.0

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
            kinds = [required[i]["kind"], *required[i].get("kind_ok", [])]
            row.single("agreement-kind", given[j]["kind"] in kinds, kinds[0], given[j]["kind"])


def _all_parties(wanted: set[Hashable], accepted: set[Hashable], given: set[Hashable]) -> bool:
    """Tell whether all parties are given and none that is wrong; another accepted reading may stand for each."""
    instead = len(given & accepted - wanted)
    return given <= wanted | accepted and len(wanted - given) <= instead


def _agreement(item: Item) -> str:
    return f"{item['kind']}, {item['status']}, {item['date'] or '—'}: {', '.join(item.get('parties', []))}"


def _ties(row: Row, gold: Item, got: Item, names: dict[str, str]) -> None:
    party, wanted_party = compared(gold, got, names)
    wanted, accepted = ([frozenset(map(wanted_party, tie)) for tie in gold.get(key, [])] for key in ("ties", "ties_ok"))
    row.items("ties", wanted, [frozenset(map(party, tie)) for tie in got.get("ties", [])], accepted, _shown)


Comparable = Callable[[str], Hashable]


def compared(gold: Item, got: Item, names: dict[str, str]) -> tuple[Comparable, Comparable]:
    """Return what makes parties of the record, and of gold, comparable: a municipality and its authority are one."""
    own = [*gold["institutions"], *gold.get("institutions_ok", [])]
    home = got.get("home", {}).get("country", "")
    of_gold = comparable(own, gold.get("reporter", ""), home)
    of_record = comparable(got.get("institutions", []), got.get("reporter", ""), home)

    def party(name: str) -> Hashable:
        return of_gold(names[name]) if name in names else of_record(name)

    return party, of_gold


def _shown(tie: Hashable) -> str:
    return " – ".join(sorted(str(party[-1]) for party in tie)) if isinstance(tie, frozenset) else str(tie)
