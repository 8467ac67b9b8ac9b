"""What of one report bears on ties: all that other reports or the authority decide of it stands in here as well.

So the ties are a function of the summaries, and a change elsewhere that touches a report's ties (another date of an
activity that it tells of, a new name of a party) is a change of its summary. Data are named by type and key
(``place/ru-smolensk``), regions and countries by their IRIs.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Party(NamedTuple):
    """What a tie may have as a side, with the sides that it is rolled up to, "" for none.

    ``name`` is what the IRIs of its ties call it; ``label`` is Russian.
    """

    country: str
    municipality: str
    region: str
    name: str
    label: str
    is_organisation: bool


class Event(NamedTuple):
    """An activity: when it was (EDTF, both or none) and whether it was a project, and the topics this report names."""

    start: str
    end: str
    is_project: bool
    topics: tuple[str, ...]


class Basis(NamedTuple):
    """A contact, or (``is_paper``) an agreement that was signed or holds: its parties and the activities it is tied to.

    ``date`` is the agreement's (EDTF).
    """

    parties: tuple[str, ...]
    events: tuple[str, ...]
    is_paper: bool
    is_twinning: bool
    date: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One report: the country that it reports for ("" if unknown), and what it tells, each by its name."""

    country: str
    parties: Mapping[str, Party] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    bases: Mapping[str, Basis] = field(default_factory=dict)


def merged(tellings: Sequence[Basis]) -> Basis:
    """Return what several tellings of one basis say together."""
    return tellings[0]._replace(
        parties=tuple(sorted({party for one in tellings for party in one.parties})),
        events=tuple(sorted({event for one in tellings for event in one.events})),
    )


_KINDS = (("basis", "bases", Basis), ("event", "events", Event), ("party", "parties", Party))


def to_lines(summary: Summary) -> str:
    """Return a summary as JSON, a thing a line, sorted: equal summaries give equal bytes."""
    found = [_line("report", summary.country)]
    for kind, table, _ in _KINDS:
        found += [_line(kind, name, *thing) for name, thing in getattr(summary, table).items()]
    return "".join(sorted(found))


def from_lines(text: str) -> Summary:
    """Return the summary that ``to_lines`` wrote. Raises ValueError for anything else."""
    tables: dict[str, dict[str, Any]] = {kind: {} for kind, _, _ in _KINDS}
    tables["report"] = {}
    makers: dict[str, Callable[..., object]] = {kind: maker for kind, _, maker in _KINDS}
    makers["report"] = lambda: None
    try:
        for kind, name, *values in json.loads(f"[{','.join(text.split(chr(10))[:-1])}]"):
            tables[kind][name] = makers[kind](*map(_frozen, values))
        [country] = tables["report"]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not the lines of a summary: {error}") from error
    return Summary(country, **{table: tables[kind] for kind, table, _ in _KINDS})


def _line(*values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
