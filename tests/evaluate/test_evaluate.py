import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pobratim.evaluate import ROW_FIELDS, Scores, as_json, error_lines, evaluate, read_jsonl, table
from pobratim.evaluate.__main__ import main
from tests.support.gold_records import gold_lines, record
from tests.support.places import SHARED

Line = dict[str, Any]

SCHOOL = {"id": "school", "name": "МБОУ «СШ № 8» г. Смоленска", "aliases": ["СШ № 8"], "place": "Смоленск"}
GYMNASIUM = {"id": "gymnasium", "name": "Гимназия № 7 г. Витебска", "aliases": [], "place": "Витебск"}


def gold_line(row: int = 1, **changes: Any) -> Line:
    line: Line = {
        "row": row,
        "reporter": "Смоленск",
        "title": "Конкурс «Щелкунчик»",
        "kind": ["competition", "festival"],
        "topics": ["culture"],
        "topics_ok": ["youth"],
        "start": "2023-01-01",
        "end": "2023-01-02",
        "mode": "online",
        "places": [{"name": "Смоленск", "country": "RU"}],
        "countries": ["BY"],
        "institutions": [
            {**SCHOOL, "country": "RU", "role": "party"},
            {**GYMNASIUM, "country": "BY", "role": "party"},
        ],
        "people": [{"name": "Борис Ёлкин", "post": "Глава города Пскова"}],
        "agreements": [
            {"kind": "contract", "status": "signed", "date": "2023-01-01", "parties": ["school", "gymnasium"]}
        ],
        "ties": [["school", "gymnasium"]],
        "series": "shchelkunchik",
        "same_as": ["r#2"],
    }
    return {**line, **changes}


def scored(gold: Line, change: Callable[[Line], None] = lambda _: None) -> Scores:
    got = copy.deepcopy(gold)
    change(got)
    return evaluate([gold], [got])


def lowered(scores: Scores) -> set[str]:
    return {name for name, tally in scores.tallies.items() if tally.wrong or tally.missed}


def test_gold_against_itself_is_perfect() -> None:
    scores = scored(gold_line())
    assert lowered(scores) == set()
    assert scores.macro_f1 == 1.0
    assert all(scores.tallies[name].right for name in ROW_FIELDS)


def _rename(line: Line, old: str, new: str) -> None:
    text = json.dumps(line["institutions"]).replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1])
    line["institutions"] = json.loads(text)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        (lambda r: r.update(reporter="Псков"), {"reporter"}),
        (lambda r: r.update(title="Конкурс"), {"title"}),
        (lambda r: r.update(kind=["meeting", "competition"]), {"kind"}),
        (lambda r: r.update(topics=["culture", "sport"]), {"topics"}),
        (lambda r: r.update(start="2023"), {"start", "dates"}),
        (lambda r: r.update(mode=""), {"mode"}),
        (lambda r: r.update(places=[]), {"places", "place-names"}),
        (lambda r: r["places"][0].update(country="BY"), {"places"}),
        (lambda r: r.update(countries=["BY", "LV"]), {"countries"}),
        (lambda r: r["institutions"][0].update(role="other"), {"role"}),
        (lambda r: r["institutions"][0].update(place=""), {"institution-place"}),
        (lambda r: r["institutions"][0].update(country=""), {"institution-country"}),
        (lambda r: r["people"][0].update(name="Иван Ёлкин"), {"people"}),
        (lambda r: r["people"][0].update(post="Директор"), {"people"}),
        (lambda r: r["agreements"][0].update(status="planned"), {"agreements"}),
        (lambda r: r["agreements"][0].update(parties=["school"]), {"agreements"}),
        (lambda r: r["agreements"][0]["parties"].append("Витебск"), {"agreements"}),
        (lambda r: r["agreements"][0].update(kind="twinning"), {"agreement-kind"}),
        (lambda r: r.update(ties=[["school", "Витебск"]]), {"ties"}),
        (lambda r: r.update(series=""), {"series"}),
        (lambda r: r.update(same_as=[]), {"same_as"}),
    ],
)
def test_a_change_lowers_its_field_only(change: Callable[[Line], None], fields: set[str]) -> None:
    assert lowered(scored(gold_line(), change)) == fields


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("МБОУ «СШ № 8» г. Смоленска", "СШ № 8 города Смоленска", True),
        ("МБОУ «СШ № 8» г. Смоленска", "МБОУ «СШ № 9» г. Смоленска", False),
        ("Гимназия № 7 г. Витебска", "Государственное учреждение «Гимназия № 7 г.Витебска»", True),
        ("Гимназия № 7 г. Витебска", "Лицей № 7 г. Витебска", False),
    ],
)
def test_names_of_one_organisation(old: str, new: str, same: bool) -> None:
    def change(line: Line) -> None:
        _rename(line, old, new)
        for one in line["institutions"]:
            one["aliases"] = []

    assert ("institutions" not in lowered(scored(gold_line(), change))) is same


def test_another_settlement_is_another_organisation_unless_accepted() -> None:
    def move(line: Line) -> None:
        line["institutions"][1]["place"] = "Орша"

    assert "institutions" in lowered(scored(gold_line(), move))
    gold = gold_line()
    gold["institutions"][1]["place_ok"] = ["Орша"]
    assert lowered(scored(gold, move)) == set()


def test_accepted_answers_are_neither_required_nor_wrong() -> None:
    extra = {
        "id": "x",
        "name": "Партизанская поляна",
        "aliases": [],
        "place": "",
        "country": "RU",
        "role": "other",
    }
    gold = gold_line(
        mode_ok=["in-person"],
        reporter_ok=["Смоленский район"],
        places_ok=[{"name": "Тюль", "country": "FR"}],
        countries_ok=["FR"],
        institutions_ok=[extra],
        ties_ok=[["Смоленск", "Витебск"], ["school", "x"]],
        series_ok=[""],
        roles_ok={"school": ["host"]},
    )
    gold["agreements"][0].update(kind_ok=["agreement"], date_ok=["2023"], parties_ok=["Смоленск"])
    gold["people"][0]["post_ok"] = ["директор"]

    def change(line: Line) -> None:
        line.update(mode="in-person", reporter="Смоленский район", countries=["BY", "FR"], series="")
        line["topics"] = ["culture", "youth"]
        line["places"].append({"name": "Тюль", "country": "FR"})
        line["institutions"].append({**extra, "id": "y"})
        line["institutions"][0]["role"] = "host"
        line["people"][0]["post"] = "директор"
        line["ties"] += [["Витебск", "Смоленск"], ["y", "school"]]
        line["agreements"][0].update(kind="agreement", date="2023")
        line["agreements"][0]["parties"].append("Смоленск")

    assert lowered(scored(gold)) == set()
    assert lowered(scored(gold, change)) == set()


TOWN = {"aliases": [], "country": "RU", "role": "party"}


@pytest.mark.parametrize(
    ("authority", "place", "municipality", "same"),
    [
        ("Администрация города Смоленска", "Смоленск", "Смоленск", True),
        ("Городской комитет Коммунистической партии Китая города Хэйхэ", "Хэйхэ", "Хэйхэ", True),
        ("Народное правительство г. Харбин", "Харбин", "Харбин", True),
        ("Витебский городской Совет депутатов", "Витебск", "Витебск", True),
        ("Россонский районный исполнительный комитет", "Россоны", "Россонский район", True),
        ("Россонский районный исполнительный комитет", "Россоны", "Россоны", False),
        ("Администрация Московского района города Минска", "Минск", "Минск", False),
        ("Минский областной исполнительный комитет", "Минск", "Минск", False),
        ("Управление образования администрации города Самары", "Самара", "Самара", False),
        ("Совет ветеранов", "Самара", "Самара", False),
        ("Комитет по культуре", "Самара", "Самара", False),
    ],
)
def test_a_municipality_and_its_own_authority_are_one_party(
    authority: str, place: str, municipality: str, same: bool
) -> None:
    gold = gold_line()
    gold["institutions"].append({**TOWN, "id": "authority", "name": authority, "place": place})
    gold["ties"], gold["agreements"][0]["parties"] = [["authority", "gymnasium"]], ["authority", "gymnasium"]

    def change(line: Line) -> None:
        line["ties"] = [[municipality, "gymnasium"]]
        line["agreements"][0]["parties"] = [municipality, "gymnasium"]

    assert (lowered(scored(gold, change)) == set()) is same


def test_another_accepted_reading_of_a_party_stands_in_its_place() -> None:
    gold = gold_line()
    gold["agreements"][0].update(parties=["Нижнекамск", "Мэйшань"], parties_ok=["Нижнекамский район"])

    def parties(*names: str) -> set[str]:
        return lowered(scored(gold, lambda line: line["agreements"][0].update(parties=[*names])))

    assert parties("Нижнекамский район", "Мэйшань") == set()
    assert parties("Мэйшань") == parties("Нижнекамский район") == {"agreements"}


def test_skipped_fields_are_not_scored() -> None:
    gold = gold_line(skip=["mode", "places", "agreements", "start", "series", "institutions"])
    scores = scored(gold, lambda r: r.update(mode="", places=[], agreements=[], start="", series=""))
    assert lowered(scores) == set()
    assert scores.tallies["mode"].f1 is None
    assert scores.tallies["dates"].f1 is None
    assert scores.tallies["end"].f1 == 1.0


def test_a_missing_row_counts_as_empty_and_an_extra_one_is_named() -> None:
    scores = evaluate([gold_line(1), gold_line(2)], [gold_line(1), gold_line(3)])
    assert (scores.rows, scores.missing_rows, scores.extra_rows) == (2, ["#2"], ["#3"])
    assert scores.tallies["institutions"].recall == 0.5
    assert scores.tallies["institutions"].precision == 1.0
    assert scores.tallies["title"].f1 == 0.5


def test_single_reports_align_whatever_their_slugs() -> None:
    gold = [gold_line(1, report="a", same_as=["a#2"]), gold_line(2, report="a", same_as=["a#1"])]
    got = [gold_line(1, report="b", same_as=["b#2"]), gold_line(2, report="b", same_as=["b#1"])]
    assert lowered(evaluate(gold, got)) == set()


def test_identity_over_reports() -> None:
    gold = [gold_line(1, report=report) for report in ("a", "b", "c")]
    got = copy.deepcopy(gold)
    got[2]["institutions"][0]["id"] = "other"
    identity = evaluate(gold, got).tallies["identity"]
    # The gymnasium's three mentions make three pairs; of the school's three pairs one is left.
    assert (identity.right, identity.missed, identity.wrong) == (4, 2, 0)
    for line in got:
        line["institutions"][1]["id"] = line["institutions"][0]["id"] = "all"
    identity = evaluate(gold, got).tallies["identity"]
    assert (identity.right, identity.missed, identity.wrong) == (6, 0, 9)


def test_series_pairs_ignore_spelling_of_slugs() -> None:
    gold = [gold_line(row, series=series) for row, series in ((1, "a"), (2, "a"), (3, "b"), (4, ""))]
    got = [gold_line(row, series=series) for row, series in ((1, "x"), (2, "x"), (3, "x"), (4, "x"))]
    tally = evaluate(gold, got).tallies["series-pairs"]
    assert (tally.right, tally.wrong, tally.missed) == (1, 5, 0)
    assert evaluate(gold, got).tallies["series"].wrong == 1
    gold[3]["series_ok"] = ["b"]
    assert evaluate(gold, got).tallies["series"].wrong == 0
    assert evaluate(gold, got).tallies["series-pairs"].right == 2


def test_output_names_field_row_expected_and_got() -> None:
    scores = scored(gold_line(7, report="r"), lambda r: r.update(mode="hybrid"))
    assert error_lines(scores) == ["mode\tr#7\tdiffers\tonline\thybrid"]
    lines = table(scores).splitlines()
    assert next(line.split()[1:4] for line in lines if line.startswith("mode*")) == ["0.000"] * 3
    assert as_json(scores)["fields"]["title"]["f1"] == 1.0
    assert as_json(evaluate([], []))["fields"]["title"]["f1"] is None


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, got = tmp_path / "report.gold.jsonl", tmp_path / "records.jsonl"
    gold.write_text(json.dumps(gold_line()) + "\n\n", encoding="utf-8")
    got.write_text(json.dumps({**gold_line(mode=""), "report": "report"}), encoding="utf-8")
    assert read_jsonl(gold)[0]["report"] == "report"
    main([str(gold), str(got), "--errors"])
    assert "mode\treport#1\tdiffers\tonline\t" in capsys.readouterr().out
    main([str(gold), str(got), "--json"])
    assert json.loads(capsys.readouterr().out)["fields"]["mode"]["wrong"] == 1


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
@pytest.mark.parametrize("report", ["smolensk-2023-q1", "borderlands"])
def test_real_gold_as_records_is_perfect_but_for_identity(report: str) -> None:
    gold = gold_lines(report)
    scores = evaluate(gold, [record(line).to_json() for line in gold])
    assert lowered(scores) - {"identity", "same_as"} == set()
    assert scores.tallies["institutions"].right > 40


@pytest.mark.parametrize(
    ("gold", "got", "right"),
    [
        ("директор", "директор Гимназии № 7 г. Витебска", True),
        ("директор Гимназии № 7 г. Витебска", "директор", True),
        ("руководитель ансамбля «Дюз Ава»", "руководитель Комратского ансамбля «Дюз Ава»", True),
        ("вице-мэр г. Бреста", "вице-мэр", True),
        ("директор", "директор и депутат Думы", False),
        ("директор", "директор, депутат Думы", False),
        ("директор гимназии", "заместитель директора Гимназии № 7", False),
        ("руководитель лаборатории", "руководитель", False),
        ("директор Гимназии № 7", "директор Школы № 8 г. Бреста", False),
        ("директор", "", False),
    ],
)
def test_a_post_of_a_named_person_may_be_told_without_its_body(gold: str, got: str, right: bool) -> None:
    line = gold_line(people=[{"name": "Борис Ёлкин", "post": gold}])
    tally = scored(line, lambda row: row["people"][0].update(post=got)).tallies["people"]
    assert (tally.right, tally.wrong, tally.missed) == ((1, 0, 0) if right else (0, 1, 1))


def test_a_person_told_by_office_alone_is_known_by_its_body() -> None:
    line = gold_line(people=[{"name": "", "post": "директор"}])
    assert scored(line, lambda row: row["people"][0].update(post="директор Гимназии № 7")).tallies["people"].missed == 1
