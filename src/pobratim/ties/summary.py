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


BASIS, EVENT, PARTY = "basis", "event", "party"
KINDS: Mapping[str, tuple[str, Callable[..., Any]]] = {
    BASIS: ("bases", Basis), EVENT: ("events", Event), PARTY: ("parties", Party),
}  # fmt: skip
"""What a summary tells of, by kind: the field in which it stands, and what makes one."""


def packed(thing: Basis | Event | Party) -> str:
    """Return a thing as text: equal ones give equal texts."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


def unpacked(kind: str, text: str) -> Any:
    """Return the thing of a kind of which ``packed`` made a text."""
    return KINDS[kind][1](*map(_frozen, json.loads(text)))


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
