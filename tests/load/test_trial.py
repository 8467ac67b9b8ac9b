"""What lines of the ledger would change is told of what a load kept as of everything; not all is resolved."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bench.made_reports import documents
from pobratim.entities import Resolution
from pobratim.load import trial
from pobratim.load.pipeline import load
from pobratim.load.preview import Difference
from pobratim.load.settings import Settings
from pobratim.load.trial import changes_with, leaving_with
from pobratim.resolve import Decision
from pobratim.resolve.candidates import Candidate
from pobratim.resolve.decisions import LEDGER, add_decisions
from pobratim.store.directory import GenerationStore
from tests.support.places import TESTS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> GenerationStore:
    folder = tmp_path_factory.mktemp("trial")
    for name, text in documents(150):
        (folder / name).write_text(text, encoding="utf-8")
    found = GenerationStore(folder / "kept" / "store")
    load([*sorted(folder.glob("*.html")), TESTS / "gold" / "centre-2025.txt"], found, Settings())
    return found


Told = tuple[list[Difference], list[tuple[str, str]]]


def _told(store: GenerationStore, ledger: Sequence[Decision], more: Sequence[Decision]) -> Told:
    """Return what lines would change, and what would leave."""
    return changes_with(store, ledger, more), leaving_with(store, ledger, more)


@cache
def _held(directory: Path, decisions: tuple[Decision, ...]) -> Resolution:
    return _resolved(GenerationStore(directory), decisions)


_resolved = trial._held_with


def _of_everything(store: GenerationStore, ledger: Sequence[Decision], more: Sequence[Decision]) -> Told:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "_memory", lambda _: None)
        patch.setattr(trial, "_held_with", lambda store, lines: _held(store.directory, tuple(lines)))
        return _told(store, ledger, more)


def _lines(store: GenerationStore) -> Iterator[Decision]:
    """Yield a line of each kind, about what the store holds."""
    asked = [Candidate.from_json(one) for one in store.manifest()["candidates"]]
    for kind in sorted({one.type for one in asked}):
        one = next(one for one in asked if one.type == kind)
        yield Decision("same", kind, one.left.key, one.right.key)
        yield Decision("same", kind, one.left.key, one.right.key, keep=one.right.key)
        yield Decision("not-same", kind, one.left.key, one.right.key)
    told = trial._held_with(store, [])
    account = next(one for one in told.accounts if one.contacts and one.places and one.participations)
    other = next(one for one in told.accounts if one.contacts and one.activity != account.activity)
    tie = " ".join(":".join(party) for party in (account.contacts[0].home, account.contacts[0].foreign))
    places = sorted({one.key for one in told.places} - {*account.places})
    organisations = sorted(key for kind, key in (one.agent for one in account.participations) if kind == "organisation")
    yield Decision("same", "activity", account.activity, other.activity)
    yield Decision("same", "place", account.places[0], places[0])
    yield Decision("correct", "activity", account.activity, "start=2023-02-01")
    yield Decision("correct", "activity", account.activity, f"place+={places[0]}")
    yield Decision("correct", "activity", account.activity, "topic+=sport")
    yield Decision("correct", "activity", account.activity, f"tie-={tie}")
    yield Decision("correct", "place", account.places[0], "country=BY")
    yield Decision("not-tie", *account.contacts[0].home, ":".join(account.contacts[0].foreign))
    yield Decision("rename", "organisation", organisations[0], "Новое имя")
    yield Decision("correct", "organisation", organisations[0], "kind=museum")


def _leaving(store: GenerationStore) -> Iterator[Decision]:
    """Yield a line that takes out a thing of each type, one that much hangs on where there is any."""
    told = trial._held_with(store, [])
    account = next(one for one in told.accounts if one.contacts and one.places and one.participations)
    seats = Counter(one.place for one in told.organisations if one.place)
    posts = Counter(one.organisation for one in told.people if one.organisation)
    parties = Counter(key for one in told.agreements for kind, key in one.parties if kind == "organisation")
    parted = Counter(key for one in told.accounts for kind, key in (each.agent for each in one.participations))
    organisations = {each.key for each in told.organisations}
    yield Decision("withdrawn", "report", account.record.report, "")
    yield Decision("withdrawn", "entry", account.key, "", "", "2024-01-01")
    yield Decision("withdrawn", "activity", account.activity, "")
    for place, _ in seats.most_common(2):
        yield Decision("withdrawn", "place", place, "")
    for counts in (posts, parties, parted):
        key = next(key for key, _ in counts.most_common() if key in organisations)
        yield Decision("withdrawn", "organisation", key, "")
        yield Decision("none", "organisation", key, "")
    yield Decision("withdrawn", "person", told.people[0].key, "")
    yield Decision("withdrawn", "agreement", told.agreements[0].key, "")
    yield Decision("withdrawn", "series", told.series[0].key, "")
    yield Decision("withdrawn", "organisation", "nothing-is-called-so", "")


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes a test fail that resolves all from now on."""

    def refuse(*_: object) -> None:
        raise AssertionError("all is resolved")

    return lambda: monkeypatch.setattr(trial, "held", refuse)


@pytest.mark.slow
def test_a_trial_tells_what_resolving_all_tells(store: GenerationStore, refusal: Callable[[], None]) -> None:
    lines = list(_lines(store))
    wanted = [_of_everything(store, [], [line]) for line in lines]
    together = _of_everything(store, lines[:1], lines[-4:])
    refusal()
    for line, expected in zip(lines, wanted, strict=True):
        assert _told(store, [], [line]) == expected, line
    assert sum(bool(changes) for changes, _ in wanted) > len(wanted) / 2
    assert _told(store, lines[:1], lines[-4:]) == together
    assert changes_with(store, lines[-4:], lines[-4:]) == []


@pytest.mark.slow
def test_what_is_taken_out_is_told_as_resolving_all_tells_it(
    store: GenerationStore, refusal: Callable[[], None]
) -> None:
    lines = list(_leaving(store))
    trials: list[tuple[list[Decision], list[Decision]]] = [([], [line]) for line in lines]
    trials += [([line], [other]) for line, other in pairwise(lines)]
    trials += [(lines[1:4], lines[4:]), (lines, list(_lines(store))[:3])]
    wanted = [_of_everything(store, *one) for one in trials]
    refusal()
    for one, expected in zip(trials, wanted, strict=True):
        assert _told(store, *one) == expected, one
    assert sum(bool(leaving) for _, leaving in wanted) > len(wanted) / 2


@pytest.mark.slow
def test_a_trial_begins_with_what_was_taken_out(tmp_path: Path, refusal: Callable[[], None]) -> None:
    for name, text in documents(80):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = GenerationStore(tmp_path / "kept" / "store")
    load(sorted(tmp_path.glob("*.html")), found, Settings())
    lines = list(_leaving(found))
    ledger = [lines[1], *lines[3:6]]
    add_decisions(found.beside / LEDGER, ledger)
    load([], found, Settings())
    trials = [(ledger, [lines[0]]), (ledger, lines[6:8]), ([], lines[:2]), (lines[2:4], [lines[1]])]
    wanted = [_of_everything(found, *one) for one in trials]
    refusal()
    for one, expected in zip(trials, wanted, strict=True):
        assert _told(found, *one) == expected, one


def test_a_row_taken_out_takes_its_event_along(store: GenerationStore, refusal: Callable[[], None]) -> None:
    account = trial._held_with(store, []).accounts[0]
    refusal()
    changes, leaving = _told(store, [], [Decision("withdrawn", "activity", account.activity, "")])
    assert ("gone", "activity", account.activity) in {(one.change, one.kind, one.key) for one in changes}
    assert {("activity", account.activity), ("entry", account.key)} <= {*leaving}
