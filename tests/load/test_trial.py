"""What lines of the ledger would change is told of what a load kept as of everything; not all is resolved."""

from collections.abc import Iterator, Sequence

import pytest

from bench.made_reports import documents
from pobratim.load import trial
from pobratim.load.pipeline import load
from pobratim.load.preview import Difference
from pobratim.load.settings import Settings
from pobratim.load.trial import changes_with
from pobratim.resolve import Decision
from pobratim.resolve.candidates import Candidate
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


def _of_everything(store: GenerationStore, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[Difference]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "_state", lambda _: None)
        return changes_with(store, ledger, more)


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


@pytest.mark.slow
def test_a_trial_tells_what_resolving_all_tells(store: GenerationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = list(_lines(store))
    wanted = [_of_everything(store, [], [line]) for line in lines]
    together = _of_everything(store, lines[:1], lines[-4:])

    def refuse(*_: object) -> None:
        raise AssertionError("all is resolved")

    monkeypatch.setattr(trial, "held", refuse)
    for line, expected in zip(lines, wanted, strict=True):
        assert changes_with(store, [], [line]) == expected, line
    assert sum(map(bool, wanted)) > len(wanted) / 2
    assert changes_with(store, lines[:1], lines[-4:]) == together
    assert changes_with(store, lines[-4:], lines[-4:]) == []


def test_what_is_taken_out_is_told_of_everything(store: GenerationStore) -> None:
    account = trial._held_with(store, []).accounts[0]
    found = changes_with(store, [], [Decision("withdrawn", "activity", account.activity, "")])
    assert ("gone", "activity", account.activity) in {(one.change, one.kind, one.key) for one in found}
