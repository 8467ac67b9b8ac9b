"""What a load did: every file and every row of it accounted for, in words and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pobratim.entities import Resolution
from pobratim.messages import Language, describe, text
from pobratim.problems import Problem, errors
from pobratim.quality.identity import Question
from pobratim.quality.measures import Quality
from pobratim.quality.render_json import quality_to_json, question_to_json
from pobratim.quality.render_text import brief

State = Literal["loaded", "again", "unchanged", "failed"]
"""``again``: the document is known, and the rules have changed since it was read."""
MANY = 5
"""More files than these are summed up: their lines would not be read."""
_UNEXPECTED = ("expected-", "wikidata-cut", "form-changed", "reread-")
"""How the codes of warnings begin that must not pass unseen: they make the exit code 1."""


@dataclass(slots=True)
class FileReport:
    """One file of a load: of its ``rows`` so many are ``stored``; every other row stands in ``left_out``.

    ``left_out`` maps the number of a row that is not stored to the problem that kept it out; ``problems`` are
    those of the file and warnings. A ``failed`` file has no rows. ``unknown_columns`` are headings that mean nothing
    to the program, ``expected`` the least share of rows with a field, ``quality`` what was measured, if it was.
    ``withdrawn`` are the numbers of rows that a decision takes out: they count neither as stored nor as left out.
    """

    file: str
    state: State
    slug: str = ""
    rows: int = 0
    stored: int = 0
    left_out: dict[int, Problem] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    expected: Mapping[str, float] = field(default_factory=dict)
    quality: Quality | None = None
    withdrawn: tuple[int, ...] = ()

    @property
    def failed(self) -> int:
        """Return how many rows could not be read at all."""
        return sum(problem.code == "row-not-read" for problem in self.left_out.values())

    @property
    def quarantined(self) -> int:
        """Return how many rows were read and set aside for a fault in them."""
        return len(self.left_out) - self.failed

    @property
    def incomplete(self) -> bool:
        """Tell whether something of the file is missing, or it is not what its source lets expect."""
        unexpected = any(problem.code.startswith(_UNEXPECTED) for problem in self.problems)
        return self.state == "failed" or bool(self.left_out) or unexpected or bool(errors(self.problems))

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return {
            "file": self.file,
            "state": self.state,
            "slug": self.slug,
            "rows": self.rows,
            "stored": self.stored,
            "quarantined": self.quarantined,
            "failed": self.failed,
            "left_out": [problem_to_json(problem) for _, problem in sorted(self.left_out.items())],
            "withdrawn": list(self.withdrawn),
            "problems": [problem_to_json(problem) for problem in self.problems],
            "quality": quality_to_json(self.quality) if self.quality else None,
        }


@dataclass(frozen=True, slots=True)
class Whole:
    """Why a load looked at the whole store instead of what changed.

    ``kept``: the last load left nothing to go on from, since a rule had failed at a row, or shapes had found fault with
    what no row is to blame for; ``program``: another version of it made the store; ``shape``: shapes find such a fault
    now; ``fault``: a rule failed, ``values`` tell kind and place.
    """

    reason: Literal["kept", "program", "shape", "fault"]
    values: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class LoadReport:
    """One load: ``totals`` counts what the store holds afterwards, ``changes`` is graph IRI → (added, removed).

    ``questions`` are the identities that wait for a person, ``base`` begins the IRIs. ``gone`` counts the IRIs that
    lead nowhere (or elsewhere) since this load, by "withdrawn", "replaced" and "untold" (no report tells of them).
    ``whole`` tells why all was made anew, None where only what changed was looked at or nothing was stored before.
    """

    files: list[FileReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    store: str = ""
    generation: int = 0
    changes: dict[str, tuple[int, int]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    base: str = ""
    gone: dict[str, int] = field(default_factory=dict)
    whole: Whole | None = None

    @property
    def exit_code(self) -> int:
        """Return 0 if all was stored as expected, 1 if something was left out or unexpected, 3 if no file was read."""
        if all(file.state == "failed" for file in self.files) and (self.files or not self.generation):
            return 3
        unexpected = any(problem.code.startswith(_UNEXPECTED) for problem in self.problems)
        return int(bool(errors(self.problems)) or unexpected or any(file.incomplete for file in self.files))

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return {
            "files": [file.to_json() for file in self.files],
            "problems": [problem_to_json(problem) for problem in self.problems],
            "totals": self.totals,
            "questions": [question_to_json(one) for one in self.questions],
            "store": self.store,
            "generation": self.generation,
            "gone": self.gone,
            "whole": self.whole.reason if self.whole else "",
            "changes": {
                graph: {"added": added, "removed": removed} for graph, (added, removed) in self.changes.items()
            },
        }

    def lines(self, lang: Language) -> list[str]:
        """Return the report as lines for people, what went wrong right behind the file that it is about.

        Of many files only those with faults are told one by one, and all are counted.
        """
        many = len(self.files) > MANY
        told = [file for file in self.files if file.incomplete or (not many and _is_told(file))]
        lines = [line for file in told for line in _file_lines(file, lang, measured=not many)]
        lines += self._summary(lang) if many else []
        again = sum(file.state == "again" for file in self.files)
        if again:
            lines.append(text("report-again", lang, count=again))
        lines += [text("report-problem", lang, line=describe(problem, lang)) for problem in self.problems]
        if not self.files and not self.generation:
            lines.append(text("report-nothing", lang))
        if self.totals:
            lines.append(text("report-totals", lang, **self.totals))
        if self.whole:
            lines.append(text(f"report-whole-{self.whole.reason}", lang, **dict(self.whole.values)))
        lines += [text(f"report-gone-{kind}", lang, count=count) for kind, count in self.gone.items() if count]
        if self.generation:
            lines.append(self._published(lang))
        return lines

    def _summary(self, lang: Language) -> list[str]:
        """Return how many files went which way, which of them have faults, and how many notes are not shown."""
        states = {state: sum(file.state == state for file in self.files) for state in ("loaded", "unchanged", "failed")}
        rows, stored = sum(file.rows for file in self.files), sum(file.stored for file in self.files)
        lines = [text("report-files", lang, files=len(self.files), **states, rows=rows, stored=stored)]
        faulty = [_fault(file, lang) for file in self.files if file.incomplete]
        if faulty:
            lines.append(text("report-files-faulty", lang, count=len(faulty), files="; ".join(faulty)))
        notes = sum(len(file.problems) for file in self.files if not file.incomplete)
        return [*lines, text("report-files-notes", lang, count=notes)] if notes else lines

    def _published(self, lang: Language) -> str:
        if not self.changes:
            return text("report-same", lang, store=self.store, generation=self.generation)
        return text(
            "report-published",
            lang,
            store=self.store,
            generation=self.generation,
            graphs=len(self.changes),
            added=sum(added for added, _ in self.changes.values()),
            removed=sum(removed for _, removed in self.changes.values()),
        )


def totals_of(found: Resolution | Mapping[str, int]) -> dict[str, int]:
    """Return how many there are of each kind of entity: in a resolution, or of numbers by the names of its lists."""
    kinds = (
        "reports",
        "accounts",
        "activities",
        "organisations",
        "places",
        "people",
        "agreements",
        "undecided",
    )
    return {kind: found[kind] if isinstance(found, Mapping) else len(getattr(found, kind)) for kind in kinds}


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain JSON values."""
    return {
        "severity": problem.severity,
        "code": problem.code,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "values": dict(problem.values),
    }


def problem_from_json(data: Mapping[str, Any]) -> Problem:
    """Read what ``problem_to_json`` wrote."""
    return Problem(**{**data, "values": tuple(data["values"].items())})


def _is_told(file: FileReport) -> bool:
    """Tell whether a file deserves lines of its own: not where it was only read again, as well as before."""
    return file.state != "again" or file.incomplete or bool(file.withdrawn)


def _fault(file: FileReport, lang: Language) -> str:
    """Return a file's name and, in brackets, what of it is missing."""
    if file.state == "failed":
        return f"{file.file} ({text('report-fault-failed', lang)})"
    left = f" ({text('report-fault-rows', lang, count=len(file.left_out))})" if file.left_out else ""
    return file.file + left


def _file_lines(file: FileReport, lang: Language, measured: bool = True) -> list[str]:
    counts = {
        "rows": file.rows,
        "stored": file.stored,
        "quarantined": file.quarantined,
        "failed": file.failed,
    }
    lines = [text(f"report-file-{file.state}", lang, file=file.file, **counts)]
    if measured and file.quality and file.state in ("loaded", "again"):
        lines += brief(file.quality, lang)
    if file.withdrawn:
        rows = ", ".join(map(str, file.withdrawn))
        lines.append(text("report-rows-withdrawn", lang, rows=rows))
    for row, problem in sorted(file.left_out.items()):
        cause = text(problem.code, lang, file=problem.file, **dict(problem.values))
        lines.append(text("report-row", lang, row=row, cause=cause))
    for problem in file.problems:
        code = "report-error" if problem.severity == "error" else "report-problem"
        # The line above has named the file.
        line = describe(problem, lang).removeprefix(problem.file).lstrip(":, ")
        lines.append(text(code, lang, line=line))
    return lines
