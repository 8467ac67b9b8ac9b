"""The second opinion proposes only where no rule has claimed the text; without its extra it says what to install."""

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from types import ModuleType

import pytest

from pobratim.errors import UsageError
from pobratim.messages import explain
from pobratim.quality.second_opinion import natasha, proposals
from pobratim.record import Evidence, Record

TEXT = "Представители Фонда Зюзюкина посетили МУП «Водоканал» и Витебск. Выступил Кузьма Фунтиков."


@dataclass(frozen=True)
class _Span:
    start: int
    stop: int
    type: str


def _tagger(text: str) -> list[_Span]:
    """See four things in TEXT, and one that is of no kind that is wanted."""
    seen = {"Фонда Зюзюкина": "ORG", "МУП «Водоканал»": "ORG", "Витебск": "LOC", "Кузьма Фунтиков": "PER", "и": "X"}
    found = [(text.find(name), name, kind) for name, kind in seen.items()]
    return [_Span(start, start + len(name), kind) for start, name, kind in found if start >= 0]


def _record(*claimed: str, text: str = TEXT) -> Record:
    evidence = [
        Evidence("/institutions/0", "purpose", text.index(name), text.index(name) + len(name), name, "test")
        for name in claimed
    ]
    return Record("r", 7, cells={"purpose": text, "dates": "Кузьма Фунтиков"}, evidence=evidence)


def test_it_proposes_where_no_rule_claimed_the_text() -> None:
    found = proposals(_record("МУП «Водоканал»"), _tagger)
    assert [(gap.kind, gap.text) for gap in found] == [("org", "Фонда Зюзюкина"), ("per", "Кузьма Фунтиков")]
    assert {gap.origin for gap in found} == {"natasha"} and {gap.row for gap in found} == {7}
    assert all(TEXT[gap.start : gap.end] == gap.text for gap in found)


def test_a_claim_that_only_touches_a_proposal_ends_it() -> None:
    found = proposals(_record("МУП «Водоканал»", "Зюзюкина"), _tagger)
    assert [gap.kind for gap in found] == ["per"]


def test_a_row_without_gaps_is_not_read_at_all() -> None:
    def refuse(text: str) -> list[_Span]:
        raise AssertionError(f"asked about {text}")

    assert proposals(_record(text="Проведена встреча с гостями."), refuse) == []


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    natasha.cache_clear()
    monkeypatch.setitem(sys.modules, "slovnet", None)
    with pytest.raises(UsageError) as error:
        natasha()
    assert error.value.exit_code == 2
    assert 'pip install ".[ner]"' in explain(error.value, "ru")
    assert 'pip install ".[ner]"' in explain(error.value, "en")


def test_a_package_without_its_models_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    natasha.cache_clear()
    empty = {name: ModuleType(name) for name in ("navec", "slovnet")}
    monkeypatch.setattr(importlib, "import_module", lambda name: empty[name])
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="ner-missing"):
        natasha()


@pytest.mark.skipif(importlib.util.find_spec("natasha") is None, reason="the extra ner is not installed")
def test_the_model_itself_sees_a_person_and_an_organisation() -> None:
    natasha.cache_clear()
    before = set(sys.modules)
    text = "Гостей принял директор завода Фарид Исламов. Средства выделил Всемирный банк."
    found = {(gap.kind, gap.text) for gap in proposals(Record("r", 1, cells={"purpose": text}))}
    assert ("per", "Фарид Исламов") in found and ("org", "Всемирный банк") in found
    assert not {"natasha", "pymorphy2"} & (set(sys.modules) - before)
