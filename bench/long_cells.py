"""How the time of reading grows with the length of one cell, whatever it is filled with.

``python -m bench.long_cells`` prints CPU seconds for a cell of so many pieces and for one of twice as many; near 2
the ratio is linear, near 4 quadratic. Each kind of filling is put into each column of a report of one row.
"""

import argparse
import csv
import tempfile
import time
from pathlib import Path

from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings

COLUMNS = ("№ п/п", "Наименование мероприятия", "Место проведения", "Дата проведения", "Участники", "Цель")
ROW = ("1", "Встреча по обмену опытом", "г. Калуга", "12.05.2023", "Школа № 5", "Обмен опытом")
FILLINGS = {
    "spaces": ("1", " ", "а"), "lines": ("1", "\n", "а"), "no-break spaces": ("1", "\u00a0", "а"),
    "a month and spaces": ("май", " ", "а"), "a term and spaces": ("соглашение до 1", " ", "а"),
    "a term and digits": ("соглашение до ", "1", ""), "words": ("", "а ", ""), "brackets": ("", "(", ""),
    "closed brackets": ("", "(а) ", ""), "number signs": ("", "№ ", ""), "quotation marks": ("", "«", ""),
    "quotations": ("", "«а» ", ""), "straight quotations": ("", '"а" ', ""), "digits": ("", "1", ""),
    "numbers": ("", "1, ", ""), "dashes": ("", "-", ""), "days": ("", "12.05.2023, ", ""), "commas": ("", ",", ""),
    "stops": ("", ".", ""), "items": ("", "1. а ", ""), "schools": ("Школы № 1", ", № 2", ""),
    "posts": ("", "директор ", ""), "agreements": ("", "соглашение ", ""), "people": ("", "Иванов И.И., ", ""),
}  # fmt: skip
"""What a cell is filled with: beginning, what is repeated, end."""


def seconds(column: int, text: str) -> float:
    """Return the CPU time of reading a report whose only row has ``text`` in a column."""
    row = [*ROW[:column], text, *ROW[column + 1 :]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([COLUMNS, row])
        begin = time.process_time()
        extract([path], Settings())
        return time.process_time() - begin


def main() -> None:
    """Print a line a filling: the worst column, the time of a cell and of one twice as long."""
    parser = argparse.ArgumentParser(description="Time of reading long cells.")
    parser.add_argument("--pieces", type=int, default=2500)
    pieces = parser.parse_args().pieces
    seconds(1, ROW[1])  # what is loaded once
    print("| filling | column | s | s, twice as long | ratio |\n|---|---|---|---|---|")
    for name, (begin, piece, end) in FILLINGS.items():
        measured = []
        for column in range(len(COLUMNS)):
            once, twice = (seconds(column, begin + piece * n + end) for n in (pieces, 2 * pieces))
            measured.append((twice, once, COLUMNS[column]))
        twice, once, column_name = max(measured)
        print(f"| {name} | {column_name} | {once:.2f} | {twice:.2f} | {twice / max(once, 0.01):.1f} |", flush=True)


if __name__ == "__main__":
    main()
