"""What a selection leaves of ties: counted one by one, and all that is asked of a ground asked of the same one."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from pobratim.compare.periods import period_of
from pobratim.explore import Index, Selection, bits
from pobratim.explore.filling.facets import NONE
from pobratim.explore.grounds import KINDS, slots_of, wanted
from pobratim.explore.ties import SORTS, Sort, Tie, selected_ties

SELECTIONS = [
    Selection(),
    Selection(since="2023", until="2023"),
    Selection(since="2023-02-10", until="2024-05"),
    Selection(topic=("culture",), since="2025"),
    Selection(topic=("culture", "sport"), mode=("online",), country=("BY", "CN")),
    Selection(status=("signed",), until="2024"),
    Selection(kind=("visit",)),
    Selection(kind=("memorandum", "protocol")),
    Selection(kind=("contact",), since="2025"),
    Selection(kind=("visit", "memorandum"), since="2023"),
    Selection(topic=("education",), status=("signed", "planned")),
]


def all_ties(index: Index, selection: Selection, sort: Sort = "strength") -> tuple[Tie, ...]:
    return selected_ties(index, selection, sort, limit=10_000).rows


def grounds(index: Index, number: int) -> Iterator[dict[str, Any]]:
    """Yield what a tie rests on with all that can be asked of it."""
    for row in index.rows("SELECT * FROM ground WHERE tie = ?", number):
        event, agreement = row["event"], row["agreement"]
        table = "event" if event else "agreement"
        [thing] = index.rows(f"SELECT * FROM {table} WHERE id = ?", event or agreement)
        topics = {each[0] for each in index.rows("SELECT topic FROM event_topic WHERE event = ?", event)}
        told = {"topic": topics, "mode": set(), "status": set(), "kind": {thing["kind"]}}
        if event:
            told["mode"] = {thing["mode"]}
        else:
            told["status"] = {thing["status"]}
        yield {**dict(row), **told, "is_event": bool(event)}


def counted(index: Index, tie: Tie, selection: Selection) -> tuple[int, int]:
    """Return the events and agreements of a tie that a selection leaves, one by one."""
    events = [one["is_event"] for one in left(index, tie, selection)]
    return sum(events), len(events) - sum(events)


def left(index: Index, tie: Tie, selection: Selection) -> list[dict[str, Any]]:
    """Return what a selection leaves of what a tie rests on, looked at one by one."""
    schemes = {scheme for scheme, code in index.labels if code in selection.kind and scheme.endswith("-kind")}
    first, last = (str(day) for day in selection.bounds)
    found = []
    for one in grounds(index, tie.number):
        asked = ["topic", "mode"] if one["is_event"] else ["status"]
        kinds = {one["kind"].pop(), tie.kind.code if "tie-kind" in schemes else ""}
        of_this = "event-kind" if one["is_event"] else "agreement-kind"
        if selection.kind and len(schemes) == 1 and schemes not in ({"tie-kind"}, {of_this}):
            kinds |= set(selection.kind)  # a kind of agreements asks nothing of events
        fits = all(not getattr(selection, name) or one[name] & set(getattr(selection, name)) for name in asked)
        fits = fits and (not selection.kind or bool(kinds & set(selection.kind)))
        if selection.since or selection.until:
            fits = fits and bool(one["start"]) and one["start"] <= last and one["end"] >= first
        found += [one] if fits else []
    return found


@pytest.mark.parametrize("selection", SELECTIONS)
def test_what_is_counted_is_what_is_there(selection: Selection, several: Index) -> None:
    shown = {tie.number: tie for tie in all_ties(several, selection)}
    for tie in all_ties(several, Selection()):
        events, agreements = counted(several, tie, selection)
        of_events = bool(selection.topic or selection.mode)
        fits = (events > 0 or not of_events) and (agreements > 0 or not selection.status)
        fits = fits and (events + agreements > 0)
        if selection.country:
            fits = fits and bool(
                {tie.left.country, tie.right.country}
                & {each for each in (tie.left.country, tie.right.country) if each and each.code in selection.country}
            )
        if selection.kind == ("visit",):
            fits = fits and events > 0
        if selection.kind == ("memorandum", "protocol"):
            fits = fits and agreements > 0
        assert (tie.number in shown) == fits, (tie.iri, events, agreements)
        if fits:
            one = shown[tie.number]
            assert (one.events, one.agreements) == (events, agreements)
            assert (one.all_events, one.all_agreements) == (tie.events, tie.agreements)
            assert sum(one.years.values()) + one.undated == one.events


@pytest.mark.parametrize("selection", SELECTIONS[:6])
def test_lists_stand_in_the_order_of_what_is_shown(selection: Selection, several: Index) -> None:
    ties = all_ties(several, selection)
    for sort in SORTS:
        assert {tie.iri for tie in all_ties(several, selection, sort)} == {tie.iri for tie in ties}
    ours = [(not (tie.left.is_ours or tie.right.is_ours), -tie.events) for tie in ties]
    assert ours == sorted(ours)
    agreed = [-tie.agreements for tie in all_ties(several, selection, "agreements")]
    assert agreed == sorted(agreed)
    last = [period_of(tie.last).last if tie.last else date.min for tie in all_ties(several, selection, "last")]
    assert last == sorted(last, reverse=True)


def drawn(index: Index, chance: Random) -> Selection:
    """Return a selection made up of what there is, which asks something of what ties rest on."""
    asked: dict[str, Any] = {"country": (chance.choice(["BY", "CN", "RU"]),)} if chance.random() < 0.3 else {}
    schemes = {"topic": ["topic"], "mode": ["mode"], "status": ["status"], "kind": [*KINDS]}
    for field in chance.sample(sorted(schemes), chance.randint(0, 2)):
        known = sorted(index.facets["ground", chance.choice(schemes[field])].keys() - {NONE})
        asked[field] = tuple(sorted(chance.sample(known, min(len(known), chance.randint(1, 2)))))
    since, until = (f"{chance.randint(2018, 2026)}-{chance.randint(1, 12):02}" for _ in range(2))
    return Selection(
        **asked, since=since if chance.random() < 0.6 else "", until=until if chance.random() < 0.4 else ""
    )


@pytest.mark.parametrize("seed", range(40))
def test_any_selection_leaves_what_looking_at_one_by_one_does(seed: int, several: Index) -> None:
    selection = drawn(several, Random(seed))
    if wanted(several, selection) is None:
        selection = selection.with_(since="2020")
    every = {
        tie.number: left(several, tie, selection) for tie in all_ties(several, Selection(country=selection.country))
    }
    shown = all_ties(several, selection)
    assert {tie.number for tie in shown} == {
        number for number, kept in every.items() if _has_asked(several, selection, kept)
    }
    for tie in shown:
        events = [one for one in every[tie.number] if one["is_event"]]
        years = Counter(one["year"] for one in events)
        dated = [one for one in every[tie.number] if one["date"]]
        first = min(dated, key=lambda one: (one["start"] or "9999-99", -one["id"]), default={"date": ""})
        last = max(every[tie.number], key=lambda one: one["id"])
        assert (tie.events, tie.agreements) == (len(events), len(every[tie.number]) - len(events))
        assert tie.years == {year: years[year] for year in sorted(years.keys() - {None})} and tie.undated == years[None]
        assert [topic.code for topic in tie.topics] == sorted({topic for one in events for topic in one["topic"]})
        assert (tie.first, tie.last) == (first["date"].partition("/")[0], (last["date"] or "").rpartition("/")[2])
    for sort, key in _RANKS.items():
        ranked = sorted(shown, key=lambda tie: (*key(tie, every[tie.number]), tie.number))
        assert [tie.number for tie in all_ties(several, selection, sort)] == [tie.number for tie in ranked], sort


_RANKS: dict[Sort, Callable[[Tie, list[dict[str, Any]]], tuple[object, ...]]] = {
    "strength": lambda tie, _: (not (tie.left.is_ours or tie.right.is_ours), -tie.events),
    "agreements": lambda tie, _: (-tie.agreements,),
    "last": lambda _, kept: (-int((kept[-1]["end"] or "0").replace("-", "")),),
}


def _has_asked(index: Index, selection: Selection, kept: list[dict[str, Any]]) -> bool:
    """Tell whether there is what fields of events, and of agreements, are asked of."""
    schemes = {scheme for scheme in KINDS for kind in selection.kind if kind in index.facets["ground", scheme]}
    events = [one["is_event"] for one in kept]
    of_events = bool(selection.topic or selection.mode) or schemes == {"event-kind"}
    of_agreements = bool(selection.status) or schemes == {"agreement-kind"}
    return bool(kept) and (not of_events or any(events)) and (not of_agreements or not all(events))


def test_topic_and_year_are_of_one_event(several: Index) -> None:
    apart = set()
    for year in map(str, range(2019, 2026)):
        of_year = {tie.iri for tie in all_ties(several, Selection(since=year, until=year))}
        for topic in ("culture", "education", "sport", "economy", "tourism", "governance"):
            both = {tie.iri for tie in all_ties(several, Selection(topic=(topic,), since=year, until=year))}
            one = {tie.iri for tie in all_ties(several, Selection(topic=(topic,)))}
            assert both <= one & of_year
            apart |= (one & of_year) - both
    assert apart


def test_the_dates_shown_lie_in_the_period(several: Index) -> None:
    for tie in all_ties(several, Selection(since="2023", until="2024")):
        assert tie.last >= "2023" and tie.first[:4] <= "2024", tie.iri


def test_an_addition_finds_the_ties_of_grounds(several: Index) -> None:
    slots = slots_of(several)
    for step in (1, 2, 3, 7, 1000):
        some = [row[0] for row in several.rows("SELECT id FROM ground WHERE id % ? = 0", step)]
        ties = {row[0] for row in several.rows("SELECT DISTINCT tie FROM ground WHERE id % ? = 0", step)}
        found = slots.having(bits.of(some))
        assert slots.ties(found) == bits.of(ties) and slots.at(bits.of(ties)) == found
    assert slots.having(slots.all) == 0
