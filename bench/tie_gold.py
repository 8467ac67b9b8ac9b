"""What gold says of the parties that are read in reports: the choices of each row with a careful reader's answer."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pobratim.evaluate import read_jsonl
from pobratim.evaluate.fields import compared, matched_names
from pobratim.extract.geography import Geographer
from pobratim.extract.parties import read_parties
from pobratim.extract.row import view_of
from pobratim.extract.verdicts import Choice, choices, guesses
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.pipeline import extract
from pobratim.load.read import report_layout
from pobratim.load.settings import Settings
from pobratim.readers import read_bytes

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A choice of a row of a report: for each home party whether the tie is right, None where both answers are."""

    report: str
    row: int
    choice: Choice
    right: tuple[bool | None, ...]
    pairs: tuple[frozenset[Hashable], ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """All choices of one report, and how many ties gold requires; ``reached`` of them are among the choices.

    ``missed`` are the others by row, each as its parties: in brackets those that the row was not read to have.
    """

    name: str
    asked: tuple[Asked, ...]
    required: int
    reached: int
    missed: tuple[tuple[int, str], ...] = ()


def gold_of(name: str, report: Path, gold: Path) -> Gold:
    """Return the choices of a report that lies beside its gold."""
    lines = {int(line["row"]): line for line in read_jsonl(gold)}
    whole = {record.row: record.to_json() for record in extract([report], Settings())[0]}
    asked: list[Asked] = []
    required = reached = 0
    missed: list[tuple[int, str]] = []
    for row, found, record in rows_of(report):
        line = lines.get(row)
        if line is None or "ties" in line.get("skip", []):
            continue
        names = matched_names(line, record) | _under_one_name(line, record, whole.get(row, {}))
        party, of_gold = compared(line, record, names)
        wanted, accepted = ({frozenset(map(of_gold, tie)) for tie in line.get(key, [])} for key in ("ties", "ties_ok"))
        met: set[frozenset[Hashable]] = set()
        read = {party(one.key) for choice in found for one in (choice.foreign, *choice.homes)}
        for choice in found:
            pairs = [frozenset({party(home.key), party(choice.foreign.key)}) for home in choice.homes]
            met |= {pair for pair in pairs if pair in wanted}
            right = tuple(True if pair in wanted else None if pair in accepted else False for pair in pairs)
            asked.append(Asked(name, row, choice, right, tuple(pairs)))
        required += len(wanted)
        reached += len(met)
        missed.extend((row, _shown(pair, read)) for pair in wanted - met)
    return Gold(name, tuple(asked), required, reached, tuple(sorted(missed)))


def _under_one_name(line: dict[str, Any], record: dict[str, Any], whole: dict[str, Any]) -> dict[str, str]:
    """Return record id → gold id of bodies that all of the report shows to be one with another of the row.

    Ties are told before identity is: «МБУК «ВЦБС»» and «Владивостокская централизованная библиотечная система» are two
    parties then, and a tie of either is right.
    """
    found: dict[str, str] = {}
    names = matched_names(line, whole) if whole else {}
    for item in record["institutions"]:
        same = (one for one in whole.get("institutions", ()) if item["name"] in {one["name"], *one["aliases"]})
        gold = next((names[one["id"]] for one in same if one["id"] in names), "")
        if gold:
            found[item["id"]] = gold
    return found


def _shown(pair: frozenset[Any], read: set[Any]) -> str:
    return " – ".join(sorted(name if one in read else f"[{name}]" for one in pair for name in [str(one[-1])]))


def rows_of(report: Path) -> Iterator[tuple[int, list[Choice], dict[str, Any]]]:
    """Yield the rows of a report: number, choices, and the record as far as it is read before ties are."""
    document = read_bytes(report.read_bytes(), report.name)
    layout, _, context = report_layout(document, None, "")
    geographer = Geographer(lexicon(), Gazetteer.load(), context.home_country, context.home_region)
    for row in layout.rows:
        view, _ = view_of(row, report.stem, report.name, geographer, context)
        parties = read_parties(view)
        yield row.row, [*choices(view, parties), *guesses(view, parties)], view.record.to_json()


def all_gold(files: Mapping[str, tuple[Path, Path]], names: Iterable[str] | None = None) -> list[Gold]:
    """Return the choices of reports with gold (``gold_reports.gold_files``), in the order of their names."""
    return [gold_of(name, *files[name]) for name in sorted(names if names is not None else files)]
