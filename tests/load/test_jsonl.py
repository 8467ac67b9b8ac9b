"""Records as JSON lines."""

from pobratim.record import Evidence, Institution, Place, Record, from_lines, to_lines

SEPARATORS = "\n\r\u0085\u2028\u2029\x0b\x0c\x1c"


def _record(number: int) -> Record:
    return Record(
        report="r",
        row=number,
        title=f"А{SEPARATORS}Б",
        places=[Place("Витебск", "BY")],
        institutions=[Institution("x", "Гимназия № 7", aliases=["гимназия 7"])],
        parties={"Витебск": Place("Витебск", "BY")},
        cells={"name": f"строка{SEPARATORS}"},
        evidence=[Evidence("/title", "name", 0, 1, "А", "name-cell", 0.7)],
    )


def test_records_come_back_as_they_were() -> None:
    records = [_record(1), _record(2)]
    assert from_lines(to_lines(records)) == records


def test_every_kind_of_reader_sees_one_line_a_record() -> None:
    lines = to_lines([_record(1), _record(2)])
    assert len(lines.splitlines()) == 2
    assert lines.count("\n") == 2 and lines.endswith("\n")


def test_cyrillic_stays_readable() -> None:
    assert "Гимназия № 7" in to_lines([_record(1)])


def test_no_records_are_no_lines() -> None:
    assert to_lines([]) == "" and from_lines("") == []
