"""The index behind the explorer's pages: made for the generation served, waited for, and refused in plain words."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from pobratim.explore import Index, index_of
from pobratim.search.documents import SearchDocument
from pobratim.search.index import build_index
from pobratim.serving.workers import exploring, searching
from pobratim.serving.workers.exploring import Exploring
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.serving.workers.served import Served
from pobratim.store.reader import MemoryReader, Reader

Printed = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture(scope="module")
def index(example_store: Reader) -> Index:
    return index_of(MemoryReader(example_store.quads()))


def _printing(code: int, said: str, seconds: float = 0) -> Printed:
    async def printed(module: str, *arguments: str) -> tuple[int, str]:
        assert module == "explore" and len(arguments) == 4
        await asyncio.sleep(seconds)
        return code, said

    return printed


async def _asked(held: Exploring, *served: Served) -> int:
    try:
        for one in served:
            held.take_up(one)
        return await held.explored(lambda index: index.sizes["tie"])
    finally:
        await held.close()


def test_what_is_asked_is_answered_by_the_index(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "printed_by", _printing(0, str(index.file)))
    assert asyncio.run(_asked(Exploring("store", None, ""), Served(1, "one"))) == index.sizes["tie"]


async def _no_process(module: str, *_: str) -> tuple[int, str]:
    raise AssertionError(module)


def test_an_index_that_is_there_is_looked_for_by_no_process(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tables" / "000001"
    folder.mkdir(parents=True)
    (folder / "explorer.sqlite").write_bytes(index.file.read_bytes())
    monkeypatch.setattr(exploring, "printed_by", _no_process)
    assert asyncio.run(_asked(Exploring(str(tmp_path), None, ""), Served(1, "one"))) == index.sizes["tie"]


def test_names_that_are_indexed_are_looked_for_by_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "search").mkdir()
    document = SearchDocument("https://x/id/place/by-minsk", "place", {"ru": "Минск"}, ("Минск",))
    build_index([document], tmp_path / "search" / "000001")
    monkeypatch.setattr(searching, "printed_by", _no_process)

    async def found() -> list[str]:
        held = Searching(str(tmp_path), None)
        held.take_up(Served(1, "one"))
        try:
            return [hit.iri for hit in await held.find("минск", 5, (), "ru")]
        finally:
            await held.close()

    assert asyncio.run(found()) == [document.iri]


def test_a_new_generation_takes_the_place_of_one_in_the_making(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    async def switched() -> int:
        held = Exploring("store", None, "")
        monkeypatch.setattr(exploring, "printed_by", _printing(1, "", 60))
        held.take_up(Served(1, "one"))
        asked = asyncio.create_task(held.explored(lambda index: index.sizes["tie"]))
        await asyncio.sleep(0.01)
        monkeypatch.setattr(exploring, "printed_by", _printing(0, str(index.file)))
        held.take_up(Served(2, "two"))
        try:
            return await asked
        finally:
            await held.close()

    assert asyncio.run(switched()) == index.sizes["tie"]


@pytest.mark.parametrize(
    ("printed", "status", "code"),
    [(_printing(4, ""), 500, "explorer-failed"), (_printing(0, "", 60), 503, "explorer-making")],
)
def test_who_cannot_be_answered_is_told_why(
    printed: Printed, status: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exploring, "printed_by", printed)
    monkeypatch.setattr(exploring, "_WAIT", 0.05)
    with pytest.raises(RefusedError) as refused:
        asyncio.run(_asked(Exploring("store", None, ""), Served(1, "one")))
    assert (refused.value.status, refused.value.code) == (status, code)
    assert refused.value.detail("ru") != refused.value.detail("en")


def test_an_index_that_went_away_is_made_again(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "explorer.sqlite"
    made = []

    async def printed(module: str, *arguments: str) -> tuple[int, str]:
        made.append((module, *arguments))
        file.write_bytes(index.file.read_bytes())
        return 0, str(file)

    async def asked() -> int:
        held = Exploring("store", None, "Смоленск, Атлантида")
        held.take_up(Served(1, "one"))
        try:
            first = await held.explored(lambda index: index.home.unknown)
            file.unlink()
            assert first == ("Атлантида",)
            return await held.explored(lambda index: index.sizes["tie"])
        finally:
            await held.close()

    monkeypatch.setattr(exploring, "printed_by", printed)
    assert asyncio.run(asked()) == index.sizes["tie"] and len(made) == 2


def test_before_the_first_generation_there_is_nothing_to_ask() -> None:
    with pytest.raises(RefusedError) as refused:
        asyncio.run(_asked(Exploring("store", None, "")))
    assert refused.value.status == 503
