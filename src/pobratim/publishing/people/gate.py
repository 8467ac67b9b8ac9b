"""The gate: of the quads of a store, those that may go out, with names masked.

Four steps, for what one graph tells decides of others: ``learn`` reads the rows and the parts that persons take,
``judge`` the labels of what outlives a report, ``inspect`` looks for what is wrong, then ``lines`` gives what goes out
of each graph. A person whose part in something is no public one is gone with it; of a public one whose class is not
shown the post stays. In a text that is read from a row the names of that row are masked, in all others whatever may be
a name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy

from pobratim.publishing.faults import fault_of, is_clean, shown
from pobratim.publishing.findings import Finding, Severity
from pobratim.publishing.people.fates import Fates, number_of, telling_step
from pobratim.publishing.people.found import FoundNames
from pobratim.publishing.people.hidden import Hidden
from pobratim.publishing.people.lines import Line, Text, ending, in_order, iri_of, node, taken_apart, term_of, text_of
from pobratim.publishing.people.shown import MASK
from pobratim.publishing.people.telling import Heard, Left, Rows
from pobratim.publishing.settings import People
from pobratim.rdf.iris import graph_iri, is_of_evidence
from pobratim.rdf.search_labels import search_label
from pobratim.rdf.terms import CV, DCT, OA, POB, RDF, SKOS
from pobratim.record import Record
from pobratim.resolve.ledger import Decision
from pobratim.text.folding import folded_words, stem
from pobratim.text.transliterate import slug

_VALUE, _TARGET, _EXACT = (node(one.value) for one in (POB.value, OA.hasTarget, OA.exact))
_CELL_TEXT, _LABEL = node(RDF.value.value), node(SKOS.hiddenLabel.value)
_PARTY = node(POB.party.value)
_HEARD = (node(DCT.type.value), node(CV.hasParticipant.value), _PARTY)
"""What the graph of a report is heard for, as ``Fates`` reads it; and what is said of the report itself."""
_TELLING = (node(POB.reports.value), node(POB.states.value))
_LATIN = "ru-latn"
_IN_LATIN = f'"@{_LATIN}'
"""The language of what is spelt in Latin letters, as Oxigraph writes it."""
_LASTING = ("organisation", "series", "place", "post", "publisher")
_SHORTEST = 3
"""Letters of the shortest word by which a name is known again in a label or key."""
_LEAST_LETTERS = 3
"""Letters of the label of a thing of which something is left beside a masked name."""


class Gate:
    """What goes out of one generation of a store, under one setting."""

    def __init__(
        self,
        base: str,
        people: People,
        decisions: Iterable[Decision] = (),
        found: FoundNames | None = None,
        kept: Callable[[str], Rows] | None = None,
    ) -> None:
        """``base`` is that of the store's IRIs; of ``decisions`` those count that are of names in rows.

        ``found`` are names that were found before, ``kept`` gives the rows of a report that was heard by another gate.
        """
        self._base = base
        self._people: People = people
        self._found = found or FoundNames()
        self._fates = Fates(base, people)
        self._hidden = Hidden(people, decisions, self._found, kept)
        self._search = graph_iri(base, "search")
        self._masked: dict[str, set[str]] = defaultdict(set)
        """Labels of a thing of which something is masked, as they go out, by its term."""
        self._words: dict[str, set[str]] = defaultdict(set)
        """The words that are masked in them."""
        self.findings: list[Finding] = []
        """What is wrong, and stays behind."""
        self._parties: dict[str, set[str]] = defaultdict(set)
        self._latin, self._numbers = set[str](), set[int]()
        self._right = set[str]()
        """Graphs in which nothing is wrong."""

    # Parts of the work, in whatever process

    def of_part(self) -> "Gate":
        """Return a gate that has heard nothing yet, for some graphs; ``heard`` tells of these."""
        other = copy(self)
        other._fates, other._hidden = Fates(self._base, self._people), self._hidden.begun()
        other._parties, other.findings, other._right = defaultdict(set), [], set()
        self._found.begin()
        return other

    def heard(self) -> Heard:
        """Return what a gate of a part has taken."""
        return Heard(
            self._fates.parts,
            self._hidden.rows,
            self._hidden.things,
            self._parties,
            self.findings,
            frozenset(self._right),
            self._found.asked(),
        )

    def join(self, heard: Heard) -> None:
        """Take what was heard in a part of the work, those of reports in their order; not its rows and parties."""
        self._fates.join(heard.parts)
        self._hidden.join(heard.things)
        self.findings += heard.findings
        self._right |= heard.right

    def join_parties(self, parties: Mapping[str, Iterable[str]]) -> None:
        """Take which parties things have, once all that is masked is known: of the others nothing is kept."""
        for term, some in parties.items():
            if found := {party for party in some if self._words.get(party)}:
                self._parties[term] |= found

    def decided(self, report: str) -> list[tuple[str, dict[str, str]]]:
        """Return what people decided of the names in a report's rows."""
        return self._hidden.decided(report)

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield all that is known of more than one report, each with the step of keys that it is known by.

        What goes out of a graph follows of its lines, of the rows of reports that it names and of what is told here by
        steps that were asked for (``Left.steps``).
        """
        yield from self._fates.told()
        for thing, names in self._hidden.things.items():
            yield telling_step(thing.partition("/")[2]), f"thing {thing} {sorted(names)}"

    def of_graph(self) -> "Gate":
        """Return a gate that knows the same and has masked nothing yet, for one graph; ``left`` tells of that."""
        other = copy(self)
        other._masked, other._words, other._latin = defaultdict(set), defaultdict(set), set()
        self._found.begin()
        self._fates.begin()
        return other

    def left(self) -> Left:
        """Return what a gate of a graph has masked."""
        latin, steps = sorted(set(map(number_of, self._latin))), sorted(self._fates.steps())
        return Left(self._masked, self._words, latin, steps, self._found.asked())

    def join_left(self, left: Left) -> None:
        """Take what was masked in a graph."""
        for known, further in ((self._masked, left.masked), (self._words, left.words)):
            for term, texts in further.items():
                known[term] |= texts
        self._numbers.update(map(number_of, left.masked))

    def is_told_otherwise(self, left: Left) -> bool:
        """Tell whether what went out of a graph may leave out more after those that were joined before it: what is
        spelt in Latin letters goes where a label is masked, in whatever graph."""
        return not self._numbers.isdisjoint(left.latin)

    # What the graphs tell of each other

    def learn(self, report: str, records: Iterable[Record], graph: Iterable[str], evidence: Iterable[str]) -> None:
        """Take the rows of a report and the lines of its two graphs."""
        self._hidden.read(records)
        subject = f"<{self._base}/id/report/{report}> "
        telling = (line for line in graph if line.startswith(subject) or any(one in line for one in _HEARD))
        facts = list(self._parted(graph_iri(self._base, f"report/{report}"), telling))
        self._fates.hear(facts)
        for line in facts:
            if line.predicate == _PARTY:
                self._parties[line.subject].add(line.object)
            elif self._fates.key(line.subject) == f"report/{report}" and (said := text_of(line.object)):
                self._name(report, line.subject, said.text)
        proving = (line for line in evidence if _VALUE in line)
        for line in self._parted(graph_iri(self._base, f"evidence/{report}"), proving):
            if line.predicate == _VALUE and (thing := self._fates.key(line.object)):
                self._hidden.mentioned(self._fates.key(line.subject), thing)

    def _name(self, report: str, term: str, text: str) -> None:
        """Look for names in a key that nobody can take them out of: that of a report, made of a file's name."""
        for name in self._hidden.names(text):
            if _spells(report, _words(name.text)):
                severity: Severity = "error" if name.strong else "warning"
                self.findings.append(Finding(severity, shown(term), "report-named", (("name", name.text),)))

    def judge(self, graph: str, lines: Iterable[str]) -> None:
        """Take the labels of what outlives a report: what is but a private name, or has one in its key, goes."""
        self._fates.settle()
        for line in self._parted(graph, lines):
            kind, _, key = self._fates.key(line.subject).partition("/")
            said = text_of(line.object) if kind in _LASTING else None
            if said is None or said.lang == _LATIN:
                continue
            masked = self._hidden.label(f"{kind}/{key}", said.text)
            hidden = _hidden_words(said.text, masked)
            if hidden:
                self._words[line.subject] |= hidden
            if hidden and (self._hidden.is_sole(said.text) or _says_little(masked) or _spells(key, hidden)):
                self._fates.strike([key])

    def inspect(self, graph: str, lines: Iterable[str]) -> None:
        """Look for statements that no portal should get: the record that has one stays behind, and is found."""
        is_right = True
        for line in self._parted(graph, (line for line in lines if not is_clean(line))):
            terms = [term for term in (line.subject, line.predicate, line.object) if fault_of(term)]
            if terms:
                is_right = False
                record = self._fates.record_of(line.subject)
                values = (("term", shown(terms[0])), ("property", shown(line.predicate)))
                where = shown(record or line.subject)
                self.findings.append(Finding("left-out", where, f"{fault_of(terms[0])}-of-record", values))
                self._fates.leave_out([record] if record else [])
        if is_right:
            self._right.add(graph)

    # What goes out

    def lines(self, graph: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield what goes out of a graph: sorted lines, as they came. Those of facts are gone through twice."""
        right = lines if graph in self._right else self._without_faults(graph, lines)
        if is_of_evidence(graph):
            return in_order(self._evidence(list(self._parted(graph, right))))
        if graph == self._search:
            return in_order(self._labels(self._parted(graph, right)))
        return self._facts(right, len(ending(graph)), self._telling(graph, lines))

    def _without_faults(self, graph: str, lines: Iterable[str]) -> Iterator[str]:
        end = ending(graph)
        return (line for line in lines if is_clean(line) or _is_right(taken_apart(line, end)))

    def _parted(self, graph: str, lines: Iterable[str]) -> Iterator[Line]:
        end = ending(graph)
        return (taken_apart(line, end) for line in lines)

    def _passing(self, line: Line) -> Line | None:
        """Return a line whose nodes stay, that with a post for a person; None where one of them goes."""
        if self._fates.term(line.subject) != line.subject:
            return None
        found = self._fates.term(line.object)
        return line if found == line.object else None if found is None else line.with_object(found)

    def _telling(self, graph: str, lines: Iterable[str]) -> dict[str, list[str]]:
        """Return the rows that tell of things, by the term of the thing."""
        rows: dict[str, list[str]] = defaultdict(list)
        for line in self._parted(graph, (line for line in lines if _TELLING[0] in line or _TELLING[1] in line)):
            if line.predicate in _TELLING and (is_clean(line.line) or _is_right(line)):
                rows[line.object].append(self._fates.key(line.subject).partition("/")[2])
        return rows

    def _facts(self, lines: Iterable[str], end: int, rows: dict[str, list[str]]) -> Iterator[str]:
        """Yield what goes out of a graph of facts, whose lines end in so many signs behind the triple."""
        for subject, about in _by_subject(lines):
            if self._fates.term(subject) != subject:
                continue
            found, is_changed = self._of_subject(subject, about, end, rows)
            # What is spelt in Latin letters is made of the label, and not known as a name by itself.
            latin = [line for line in found if line.endswith(_IN_LATIN, 0, -end)]
            if latin and subject in self._masked:
                found = [line for line in found if line not in latin]
            elif latin:
                self._latin.add(subject)
            yield from sorted(set(found)) if is_changed else found

    def _of_subject(
        self, subject: str, about: Sequence[str], end: int, rows: dict[str, list[str]]
    ) -> tuple[list[str], bool]:
        """Return what goes out of what is said of a thing that stays, and whether any of it is changed."""
        found, is_changed, begin, fate = list[str](), False, len(subject) + 1, self._fates.term
        for line in about:
            at = line.index(" ", begin) + 1
            if line[at] == "<":
                term = line[at:-end]
                passing = fate(term)
                if passing is None:
                    continue
                fresh = line if passing == term else line[:at] + passing + line[-end:]
            elif line[-end - 1] == ">":  # a number or a date
                fresh = line
            else:
                fresh = self._texted(Line(subject, line[begin : at - 1], line[at:-end], line), rows).line
            is_changed = is_changed or fresh is not line
            found.append(fresh)
        return found, is_changed

    def _texted(self, line: Line, rows: dict[str, list[str]]) -> Line:
        """Return a line with its text as it goes out. The names of persons who are there at all stay."""
        said = None if line.object.endswith(_IN_LATIN) or self._fates.is_person(line.subject) else text_of(line.object)
        if said is None or said.lang == _LATIN:
            return line
        text = self._text(self._fates.key(line.subject), line, said.text, rows)
        if text == said.text:
            return line
        if line.predicate != _CELL_TEXT:
            self._masked[line.subject].add(text)
            self._words[line.subject] |= _hidden_words(said.text, text)
        return line.with_object(term_of(Text(text, said.lang)))

    def _text(self, key: str, line: Line, text: str, rows: dict[str, list[str]]) -> str:
        """Return a text as it goes out, by what it is a text of."""
        kind, _, rest = key.partition("/")
        steps = rest.split("/")
        if line.predicate == _CELL_TEXT and kind == "cell":
            return self._hidden.cell("/".join(steps[:2]), steps[-1], text)
        if kind in ("entry", "group"):
            return self._hidden.of_rows(["/".join(steps[:2])], text)
        if line.subject in rows:
            return self._hidden.of_rows(rows[line.subject], text)
        return self._hidden.label(key, text) if kind in _LASTING or kind == "tie" else self._hidden.text(text)

    def _evidence(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Yield phrases: one that proves what went is gone whole, and one of a cell is cut from the masked cell."""
        passed = [self._passing(line) for line in lines]
        gone = {line.subject for line, passing in zip(lines, passed, strict=True) if passing is None}
        targets = {line.object for line in lines if line.predicate == _TARGET and line.subject not in gone}
        for line, passing in zip(lines, passed, strict=True):
            key = self._fates.key(line.subject)
            if passing is None or line.subject in gone or (key.startswith("cell/") and line.subject not in targets):
                continue
            said = text_of(line.object) if line.object.startswith('"') else None
            if said is None:
                yield passing
            elif line.predicate == _EXACT:
                yield line.with_object(
                    term_of(said._replace(text=self._hidden.phrase(iri_of(line.subject), said.text)))
                )
            else:
                row = "/".join(key.split("/")[1:3])
                yield line.with_object(term_of(said._replace(text=self._hidden.of_rows([row], said.text))))

    def _labels(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield search labels: those with words that are masked in a thing's labels are made anew of what goes out."""
        for line in filter(None, map(self._passing, lines)):
            words = set[str]().union(
                *(self._words.get(one, ()) for one in (line.subject, *self._parties[line.subject]))
            )
            said = text_of(line.object)
            if said is None or line.predicate != _LABEL or not words:
                yield line
                continue
            if not _shares(said.text, words):
                yield line
            fresh = (search_label(one.replace(MASK, " ")) for one in sorted(self._masked.get(line.subject, ())))
            yield from (line.with_object(term_of(Text(one, ""))) for one in fresh if one)


def _by_subject(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield sorted lines together that are of one subject."""
    begun, held = "", list[str]()
    for line in lines:
        if held and not line.startswith(begun):
            yield begun[:-1], held
            held = []
        if not held:
            begun = line[: line.index(" ") + 1]
        held.append(line)
    if held:
        yield begun[:-1], held


def _is_right(line: Line) -> bool:
    return not (fault_of(line.subject) or fault_of(line.predicate) or fault_of(line.object))


def _hidden_words(text: str, masked: str) -> set[str]:
    """Return the words of a text that are not in what goes out of it, folded."""
    return _words("".join(char if other == MASK != char else " " for char, other in zip(text, masked, strict=True)))


def _words(text: str) -> set[str]:
    return {word for word in folded_words(text) if len(word) >= _SHORTEST}


def _says_little(masked: str) -> bool:
    """Tell whether nothing but a name stood in a text."""
    return sum(map(str.isalpha, masked)) < _LEAST_LETTERS


def _spells(key: str, words: Iterable[str]) -> bool:
    """Tell whether a key spells one of some words."""
    return not {slug(word) for word in words}.isdisjoint(key.split("-"))


def _shares(label: str, words: Iterable[str]) -> bool:
    """Tell whether a word of a search label may be a form of one of some words."""
    stems = tuple({stem(word) for word in words})
    return any(word.startswith(stems) for word in label.split())
