"""A picture while it is put together, and what a selection counts in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pobratim.explore.chosen import chosen
from pobratim.explore.index import Index, Row
from pobratim.explore.parties import Party
from pobratim.explore.picture import Edge, EdgeKind, Node
from pobratim.explore.selection import Selection
from pobratim.messages import Language, noun, texts

_OWN = ("topic", "mode", "since", "until")
"""Fields that choose among the events of a tie; the others choose the tie as a whole."""


def tie_rows(index: Index, seed: Party, level: str) -> list[Row]:
    """Return the ties of a level that concern a party or what belongs to it, the strongest first."""
    return index.rows(
        "SELECT tie.* FROM tie JOIN tie_of ON tie_of.tie = tie.id WHERE tie_of.party = ? AND level = ? ORDER BY tie.id",
        seed.number,
        level,
    )


class Counting:
    """What a selection leaves of ties and events."""

    def __init__(self, index: Index, selection: Selection) -> None:
        self._index, self._selection = index, selection

    @cached_property
    def _ties(self) -> int:
        return chosen(self._index, "tie", self._selection).bits

    @cached_property
    def _events(self) -> int:
        own = {name: getattr(self._selection, name) for name in _OWN}
        return chosen(self._index, "event", Selection(**own)).bits

    def is_in(self, tie: int) -> bool:
        """Tell whether a tie is selected."""
        return not self._selection or bool(self._ties >> tie & 1)

    def events(self, ties: Mapping[int, int]) -> Mapping[int, int]:
        """Return how many events of each tie are selected, given how many it has."""
        if not any(getattr(self._selection, name) for name in _OWN):
            return ties
        found = dict.fromkeys(ties, 0)
        sql = "SELECT DISTINCT tie, event FROM ground WHERE tie IN ({}) AND event NOT NULL"
        for row in self._index.among(sql, ties):
            found[row["tie"]] += self._events >> row["event"] & 1
        return found

    def of(self, party: Party) -> int:
        """Return the selected events of a party, as a set."""
        return self._all_of(party) & self._selected if self._selection else self._all_of(party)

    @cached_property
    def _selected(self) -> int:
        return chosen(self._index, "event", self._selection).bits

    def _all_of(self, party: Party) -> int:
        return self._index.numbers("SELECT event FROM event_of WHERE party = ?", party.number)

    def all_events(self, seed: Party | None) -> int:
        """Return how many events a party has, or all of them."""
        return seed.events if seed else self._index.sizes["event"]

    def hidden(self, seed: Party | None) -> int:
        """Return how many of these the selection leaves out."""
        if not self._selection:
            return 0
        left = self.of(seed) if seed else self._selected
        return self.all_events(seed) - left.bit_count()


@dataclass(slots=True)
class _Line:
    """An edge by numbers of parties; ``ties`` are what it rests on, each with its events."""

    id: str
    a: int
    b: int
    kind: EdgeKind
    agreements: int = 0
    dates: list[str] = field(default_factory=list)
    ties: dict[int, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Let the edge rest on one more tie."""
        if row["id"] not in self.ties:
            self.ties[row["id"]] = row["events"]
            self.agreements += row["agreements"]
            self.dates += [part for part in (row["date"] or "").split("/") if part]


class Draft:
    """A picture that grows: nodes by number of party, edges, and what stands for the rest."""

    def __init__(self, index: Index, seed: Party | None, counting: Counting) -> None:
        self.index, self.seed, self.counting = index, seed, counting
        self.nodes: set[int] = {seed.number} if seed else set()
        self._lines: dict[str, _Line] = {}
        self._at: dict[int, list[_Line]] = {}
        self._members: dict[int, set[int]] = {}
        self._told: list[tuple[Edge, Node]] = []
        self._participants: dict[int, tuple[int, bool]] = {}

    @property
    def seed_ref(self) -> str:
        """Return the reference of the seed, "" without one."""
        return self.seed.ref if self.seed else ""

    @property
    def partners(self) -> int:
        """Return how many are tied to the seed."""
        seed = self.seed.number if self.seed else 0
        return sum(line.kind == "tie" and seed in (line.a, line.b) for line in self._lines.values())

    def is_inside(self, party: Party) -> bool:
        """Tell whether a party is the seed or belongs to it."""
        seed = self.seed
        if seed is None:
            return False
        if seed.kind == "region":
            return seed.number == party.number or (party.region is not None and party.region == seed.region)
        if seed.kind == "country":
            return seed.number == party.number or (party.country is not None and party.country == seed.country)
        return party.number == seed.number or (seed.kind == "place" and party.town == seed.ref)

    def add_tie(self, row: Row) -> None:
        """Add a tie with its ends."""
        self.nodes |= {row["a"], row["b"]}
        self._line(row["iri"].rpartition("/")[2], row["a"], row["b"], "tie").add(row)

    def add_partner(self, mine: Party, theirs: Party, row: Row, most: int) -> None:
        """Add a tie of the seed; of what belongs to the seed, a line from the seed to the partner and the tie itself.

        A partner has at most ``most`` of these.
        """
        if self.seed is None or mine.number == self.seed.number:
            self.add_tie(row)
            return
        self.nodes.add(theirs.number)
        self._line(f"{self.seed.ref}~{theirs.ref}", self.seed.number, theirs.number, "tie").add(row)
        members = self._members.setdefault(theirs.number, set())
        if mine.number in self.nodes or len(members) < most:
            members.add(mine.number)
            self.add_tie(row)

    def add_member(self, whole: int, part: int, row: Row | None = None) -> None:
        """Add what belongs to a town; ``row`` is a tie of it that concerns the seed."""
        self.nodes |= {whole, part}
        self._members.setdefault(whole, set()).add(part)
        line = self._line(f"{whole}~{part}", whole, part, "member")
        if row is not None:
            line.add(row)

    def add_participant(self, number: int, events: int, is_in: bool) -> None:
        """Add a country that was where the seed was."""
        self.nodes.add(number)
        self._participants[number] = events, is_in

    def is_beside(self, party: Party) -> bool:
        """Tell whether a party is neither in the picture nor one of the seed's own, which the seed stands for."""
        return party.number not in self.nodes and not self.is_inside(party)

    def is_participant(self, number: int) -> bool:
        """Tell whether a party is there only for having taken part."""
        return number in self._participants

    def add_rest(self, owner: Party, word: str, hidden: int, events: int = 0) -> None:
        """Add one that stands for so many others next to ``owner``; ``word`` is their counted noun."""
        id_ = f"more:{owner.ref}" if word != "countries" else f"more:countries:{owner.ref}"
        node = Node(id_, owner.ref, "more", word, word, "", ours=False, hidden=hidden, events=events)
        edge = Edge(f"{owner.ref}~{id_}", owner.ref, node.id, "participation", events, 0, "", "")
        self._told.append((edge, node))

    def leaves(self, town: int) -> int:
        """Return how many that belong to a town are in the picture."""
        return len(self._members.get(town, ()))

    def events_of(self, party: Party) -> int:
        """Return what counts a node: the selected events of its lines, of the seed all its own."""
        if self.seed is not None and party.number == self.seed.number:
            return self.counting.of(party).bit_count()
        lines = self._at.get(party.number, ())
        ties: dict[int, int] = {}
        for line in lines:
            if line.kind != "member" or line.b == party.number:
                ties |= line.ties
        most = max([0, *(sum(self.counting.events(line.ties).values()) for line in lines if line.kind == "tie")])
        return self._participants.get(party.number, (most or sum(self.counting.events(ties).values()), True))[0]

    def told_edges(self, refs: Mapping[int, str]) -> tuple[Edge, ...]:
        """Return all edges, given the references of the nodes: those of most events first, whatever is selected."""
        lines = sorted(self._lines.values(), key=lambda line: (-sum(line.ties.values()), line.id))
        found = [self._edge(line, refs) for line in lines]
        seed = self.seed_ref
        for number, (events, is_in) in self._participants.items():
            edge = Edge(f"{seed}~{refs[number]}", seed, refs[number], "participation", events, 0, "", "", out=not is_in)
            found.append(edge)
        return (*found, *(edge for edge, _ in self._told))

    def told_rest(self, lang: Language) -> Iterable[Node]:
        """Return those that stand for others, named in a language."""
        for _, node in self._told:
            forms = texts("picture", lang, "counted")[node.name]
            name = texts("picture", lang)["andMore"].format(number=node.hidden, noun=noun(forms, node.hidden, lang))
            yield replace(node, name=name, short=name)

    def _edge(self, line: _Line, refs: Mapping[int, str]) -> Edge:
        is_in = not line.ties or any(self.counting.is_in(tie) for tie in line.ties)
        kept = {tie: events for tie, events in line.ties.items() if self.counting.is_in(tie)} or line.ties
        dates = sorted(line.dates)
        first, last = (dates[0], dates[-1]) if dates else ("", "")
        events = sum(self.counting.events(kept).values())
        a, b = refs[line.a], refs[line.b]
        # Numbers of parties are of one generation only.
        id_ = f"{a}~{b}" if line.kind == "member" else line.id
        return Edge(id_, a, b, line.kind, events, line.agreements, first, last, out=not is_in)

    def _line(self, id_: str, a: int, b: int, kind: EdgeKind) -> _Line:
        if id_ not in self._lines:
            self._lines[id_] = made = _Line(id_, a, b, kind)
            for end in (a, b):
                self._at.setdefault(end, []).append(made)
        return self._lines[id_]
