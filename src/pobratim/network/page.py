"""A network as the file of ``papers/network_file.py``: towns in which institutions lie, ties, and what they rest on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pobratim.messages import Language, texts
from pobratim.network.model import Agreement, Entry, Network, Party, Tie
from pobratim.papers.network_file import FileGround, FileRow, FileTie, Mark, NetworkFile, network_file

_LEVELS: Mapping[str, str] = {"organisation": "institution", "other": "institution"}
"""Types of parties that have another name as a level of a picture."""
_KINDS: Mapping[str, str] = {"organisation": "institution:", "country": "country:", "region": "region:"}
"""What the references of parties begin with; that of a town is its key alone."""
_YEAR = 4
MAX_NODES = 2000
"""So many parties the picture has at most: nobody reads more, and the file stays one that can be sent."""


def to_html(network: Network, lang: Language) -> str:
    """Return the page of a network: one file that needs no server and no internet."""
    return network_file(page_data(network, lang))


def page_data(network: Network, lang: Language) -> NetworkFile:
    """Return what the page holds, cut to the ``MAX_NODES`` parties that have the most partners and events."""
    kept = kept_parties(network)
    ties = {iri: tie for iri, tie in network.ties.items() if tie.a in kept and tie.b in kept}
    refs = {iri: _ref(network, network.parties[iri]) for iri in kept}
    nodes = _Nodes(network, lang, refs)
    told = _Evidence(network, lang, refs)
    found = {_key(iri): told.tie(tie) for iri, tie in ties.items()}
    seed = nodes.seed()
    ego = {
        "generation": 0,
        "seed": "",
        "nodes": nodes.all(ties.values()),
        "edges": [*(_edge(tie, refs) for tie in ties.values()), *nodes.members],
        "countries": nodes.countries(),
        "total": len(ties),
        "more": len(kept) < len(network.parties),
        "hidden": 0,
        "events": sum(ground.kind == "event" for ground in told.grounds),
    }
    return NetworkFile(
        title=_title(network, lang),
        lang=lang,
        level=next(iter(ties.values())).level if ties else "municipality",
        first=f"?seed={seed}" if seed else "",
        ego=ego,
        kinds={refs[iri]: network.word(network.parties[iri].kind, lang) for iri in kept if network.parties[iri].kind},
        ties=found,
        grounds=told.grounds,
        rows=told.rows,
        said=network.nothing[lang] if network.nothing else texts("picture", lang)["fileSaid"],
    )


def _title(network: Network, lang: Language) -> str:
    values = ", ".join(network.values.values())
    return f"{network.view.title[lang]}: {values}" if values else network.view.title[lang]


def kept_parties(network: Network, limit: int = MAX_NODES) -> set[str]:
    """Return the ``limit`` parties that have the most partners and events, of these who has a tie left."""
    weight: Counter[str] = Counter()
    for tie in network.ties.values():
        for iri in (tie.a, tie.b):
            weight[iri] += 1000 + tie.events
    ranked = sorted(network.parties, key=lambda iri: (-weight[iri], iri))
    first = set(islice(ranked, limit))
    # A party all of whose partners fell away would stand there without any line.
    linked = {iri for tie in network.ties.values() if tie.a in first and tie.b in first for iri in (tie.a, tie.b)}
    return first & linked


def home_of(network: Network) -> str:
    """Return the country that reports most rows; where no report names its country, the most frequent one."""
    named = [entry.home for entry in network.entries.values() if entry.home]
    counts = Counter(named or [party.country for party in network.parties.values()])
    return min(counts, key=lambda iri: (-counts[iri], iri), default="")


def events_of(network: Network, tie: Tie) -> dict[str, list[str]]:
    """Return the events that a tie rests on (IRIs) with the rows that tell of each there."""
    signed = {agreement.id for agreement in tie.agreements}
    found: dict[str, list[str]] = {}
    for iri in sorted({iri for basis, told in tie.bases.items() if basis not in signed for iri in told}):
        found.setdefault(network.entries[iri].activity or iri, []).append(iri)
    return found


class _Nodes:
    """The nodes of a picture: parties, and the towns in which institutions lie, which join them."""

    def __init__(self, network: Network, lang: Language, refs: Mapping[str, str]) -> None:
        self._network, self._lang, self._refs = network, lang, refs
        self._home = home_of(network)
        self._parties = {iri: network.parties[iri] for iri in refs}
        self._seats = {
            _key(party.seat): network.seats[party.seat]
            for party in self._parties.values()
            if party.seat in network.seats
        }

    @property
    def members(self) -> list[dict[str, Any]]:
        """Return an edge for each institution in its town."""
        known = {*self._seats, *self._refs.values()}
        found = [
            (_key(party.seat), self._refs[iri]) for iri, party in self._parties.items() if _key(party.seat) in known
        ]
        return [_line(f"{town}~{ref}", town, ref, "member") for town, ref in found]

    def all(self, ties: Iterable[Tie]) -> list[dict[str, Any]]:
        """Return the nodes, with the events that each has in its ties."""
        events: dict[str, set[str]] = {}
        for tie in ties:
            for end in (tie.a, tie.b):
                for ref in (self._refs[end], _key(self._parties[end].seat)):
                    events.setdefault(ref, set()).update(events_of(self._network, tie))
        counts = {ref: len(told) for ref, told in events.items()}
        known = set(self._refs.values())
        parties = [*((self._refs[iri], party) for iri, party in self._parties.items()), *self._seats.items()]
        nodes = [self._node(ref, party, counts) for ref, party in parties]
        return sorted([*nodes, *self._whole(known | set(self._seats))], key=lambda node: (-node["events"], node["id"]))

    def _whole(self, known: set[str]) -> list[dict[str, Any]]:
        """Return the country that was asked for, where it is nobody's side itself."""
        return [
            _node(ref, "country", each.label, each.label, ref.partition(":")[2], ours=each.iri == self._home, events=0)
            for each in self._network.references
            if each.type == "country" and (ref := self._area(each.iri)) not in known
        ]

    def seed(self) -> str:
        """Return who is in the middle: the one party that was asked for; "" for none, or several."""
        if len(self._network.references) != 1:
            return ""
        [asked] = self._network.references
        known = {*self._refs.values(), *self._seats}
        ref = self._area(asked.iri) if asked.type == "country" else self._refs.get(asked.iri, _key(asked.iri))
        return ref if asked.type == "country" or ref in known else ""

    def countries(self) -> list[dict[str, str]]:
        """Return the countries of the parties by their names."""
        everybody = [*self._parties.values(), *self._seats.values()]
        found = {self._code(party): self._network.word(party.country, self._lang) for party in everybody}
        return [{"code": code, "name": name} for code, name in sorted(found.items(), key=lambda one: one[1]) if code]

    def _node(self, ref: str, party: Party, counts: Mapping[str, int]) -> dict[str, Any]:
        level = _LEVELS.get(party.type, party.type)
        name = party.names.get(self._lang) or party.names.get("ru") or min(party.names.values())
        short = name if level in ("municipality", "country", "region") else party.short
        node = _node(ref, level, name, short, self._code(party), self._is_ours(party), counts.get(ref, 0))
        return {**node, "town": party.place} if party.place else node

    def _area(self, iri: str) -> str:
        return f"country:{self._network.code(iri).lower()}"

    def _code(self, party: Party) -> str:
        return self._network.code(party.country).lower()

    def _is_ours(self, party: Party) -> bool:
        return bool(party.country) and party.country == self._home


@dataclass(slots=True)
class _Evidence:
    """What ties rest on, each ground and each row once."""

    network: Network
    lang: Language
    refs: Mapping[str, str]
    grounds: list[FileGround] = field(default_factory=list)
    rows: list[FileRow] = field(default_factory=list)
    _grounds: dict[str, int] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)

    def tie(self, tie: Tie) -> FileTie:
        """Return what a tie rests on: events in the order of their days, then agreements."""
        events = events_of(self.network, tie)
        told = sorted(events, key=lambda iri: (self._start(events[iri]), iri))
        numbers = [self._event(iri, events[iri]) for iri in told]
        numbers += [self._agreement(each, tie.bases.get(each.id, ())) for each in tie.agreements]
        years = {entry.start[:_YEAR] for iri in tie.entries if (entry := self.network.entries[iri]).start}
        topics = tuple(self.network.word(topic, self.lang) for topic in tie.topics)
        return FileTie(tuple(numbers), topics, tuple(sorted(years)))

    def _start(self, entries: Iterable[str]) -> str:
        return min((self.network.entries[iri].start for iri in entries), default="") or "~"

    def _event(self, iri: str, entries: Sequence[str]) -> int:
        first = self.network.entries[min(entries)]
        return self._ground(iri, "event", first.title, first.edtf or first.start, entries)

    def _agreement(self, agreement: Agreement, entries: Sequence[str]) -> int:
        return self._ground(agreement.id, "agreement", agreement.label, agreement.edtf, entries)

    def _ground(self, iri: str, kind: str, title: str, when: str, entries: Sequence[str]) -> int:
        if iri not in self._grounds:
            self._grounds[iri] = len(self.grounds)
            self.grounds.append(FileGround(kind, title, when, tuple(self._row(entry) for entry in entries)))
        return self._grounds[iri]

    def _row(self, iri: str) -> int:
        if iri not in self._rows:
            entry = self.network.entries[iri]
            self._rows[iri] = len(self.rows)
            self.rows.append(FileRow(str(entry.number), entry.report, self._cells(entry)))
        return self._rows[iri]

    def _cells(self, entry: Entry) -> tuple[tuple[str, str, tuple[Mark, ...]], ...]:
        return tuple(
            (
                self.network.word(cell.column, self.lang),
                cell.text,
                tuple((start, end, self.refs[body]) for start, end, body in cell.marks if body in self.refs),
            )
            for cell in entry.cells
        )


def _ref(network: Network, party: Party) -> str:
    """Return how the pages call a party: the key of a town, else what it is and its key or code."""
    code = network.code(party.id).lower()
    return _KINDS.get(party.type, "") + (code if party.type in ("country", "region") and code else _key(party.id))


def _key(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[2]


def _edge(tie: Tie, refs: Mapping[str, str]) -> dict[str, Any]:
    line = _line(_key(tie.id), refs[tie.a], refs[tie.b], "tie")
    first, _, last = tie.edtf.partition("/")
    return {**line, "events": tie.events, "agreements": len(tie.agreements), "first": first, "last": last or first}


def _line(id_: str, a: str, b: str, kind: str) -> dict[str, Any]:
    return {"id": id_, "a": a, "b": b, "kind": kind, "events": 0, "agreements": 0, "first": "", "last": ""}


def _node(id_: str, level: str, name: str, short: str, country: str, ours: bool, events: int) -> dict[str, Any]:
    told = {"id": id_, "ref": id_, "level": level, "name": name, "short": short, "country": country}
    return {**told, "ours": ours, "hidden": 0, "events": events}
