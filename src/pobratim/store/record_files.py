"""The records of a generation: one file of JSON lines a report, the same file as before where nothing changed."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pobratim.ground import disk
from pobratim.record import Record, from_lines, to_lines

_FOLDER = "records"
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


def write_records(folder: Path, records: Mapping[str, Sequence[Record] | Path | None], current: Path | None) -> None:
    """Write the records of each report into a generation: those of a file, or for None as ``current`` has them."""
    place = folder / _FOLDER
    place.mkdir()
    for slug, rows in records.items():
        name = f"{file_stem(slug)}.jsonl"
        if isinstance(rows, Path):
            disk.link(rows, place / name)
        elif rows is None and current is not None:
            disk.link(current / _FOLDER / name, place / name)
        else:
            (place / name).write_text(to_lines(rows or ()), encoding="utf-8", newline="\n")


def read_records(folder: Path) -> dict[str, list[Record]]:
    """Return the records by report, without those whose form is not understood."""
    found = {}
    for file in record_files(folder):
        with suppress(KeyError, TypeError):
            found[slug_of(file)] = from_lines(file.read_text(encoding="utf-8"))
    return found


def read_one(folder: Path, slug: str) -> list[Record]:
    """Return the records of one report. Raises OSError where there are none."""
    return from_lines(record_file(folder, slug).read_text(encoding="utf-8"))


def record_file(folder: Path, slug: str) -> Path:
    """Return the file of the records of one report."""
    return folder / _FOLDER / f"{file_stem(slug)}.jsonl"


def record_files(folder: Path) -> list[Path]:
    """Return the files of records, sorted, without those that macOS puts beside the files of other systems' disks."""
    return sorted(file for file in (folder / _FOLDER).glob("*.jsonl") if not file.name.startswith("."))


def file_stem(slug: str) -> str:
    """Return the name of a report's file: Windows has no files called ``con`` or ``com1``, whatever they end in."""
    return f"{slug}_" if _DEVICE.fullmatch(slug) else slug


def slug_of(file: Path) -> str:
    """Return the report of a file of records."""
    return file.stem.removesuffix("_")  # a slug has no such sign
