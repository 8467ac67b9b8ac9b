"""The ledger file: one decision a line, tab-separated, read whole and checked whole before it is used.

Columns: verdict, type, left, right, why, date, author, time; the last four may be left out. Empty lines, those that
begin with # and the heading are passed over. ``left`` and ``right`` are keys or IRIs; ``same`` may have «keep=KEY»
behind the key in ``right``, ``rename`` has the new name there, ``correct`` a ``field=value`` (``fields.py``),
``not-tie`` another party (``type:key``), ``show-name`` and ``mask-name`` a name as the row ``left`` writes it,
``withdrawn`` and ``none`` nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import cast

from pobratim.errors import LedgerError, UsageError, cause_of
from pobratim.ground import disk
from pobratim.problems import Problem
from pobratim.resolve.contradictions import contradictions
from pobratim.resolve.fields import FIELDS, KEY, key_of, parts_of, read_value, signs, thing_of
from pobratim.resolve.ledger import LEAVING, VERDICTS, Decision, Verdict

LEDGER = "decisions.tsv"
"""The ledger's usual name. It lies beside the store, not in it: a store is made anew at will, decisions are not."""
COLUMNS = ("verdict", "type", "left", "right", "why", "date", "author", "time")
PAIRED = ("organisation", "place", "activity", "agreement", "entry")
"""What can be the same or not."""
NAMED = ("organisation", "place", "activity", "series")
"""What can be renamed."""
TIED = ("organisation", "place")
"""What has ties."""
WITHDRAWABLE = ("report", "entry", "activity", "organisation", "place", "person", "agreement", "series")
"""What can be withdrawn; an entry is a row of a report."""
_TYPES = {
    "same": PAIRED, "not-same": PAIRED, "rename": NAMED, "correct": tuple(FIELDS), "not-tie": TIED,
    "none": ("organisation",), "withdrawn": WITHDRAWABLE, "show-name": ("entry",), "mask-name": ("entry",),
}  # fmt: skip
OF_NAMES = ("show-name", "mask-name")
"""What is said of a name in a row."""
_ROW_KEY = re.compile(r"[a-z0-9][a-z0-9._~-]*/[0-9]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?")
_KEEP = " keep="
_HEADING = "\t".join(COLUMNS) + "\n"
_OLD_HEADING = "\t".join(COLUMNS[:6]) + "\n"


def read_decisions(file: Path, wanted: bool = False) -> list[Decision]:
    """Return the decisions of a file, none if it is absent.

    Raises LedgerError for faulty lines, UsageError for a file that cannot be read, or is absent although ``wanted``.
    """
    if wanted and not file.exists():
        raise UsageError("decisions-missing", file=file)
    return parse_decisions(_text(file), file.name)


def parse_decisions(text: str, name: str) -> list[Decision]:
    """Return the decisions of a ledger's text. Raises LedgerError with every fault of it, each with its line."""
    found: list[Decision] = []
    faults: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip() for part in line.split("\t")]
        if not line.strip() or line.startswith("#") or parts == list(COLUMNS[: max(4, len(parts))]):
            continue
        fault = _fault(parts)
        if fault:
            code, values = fault
            faults.append(Problem("error", code, name, number, values=values))
        else:
            found.append(_decision(parts, number))
    faults.extend(contradictions(found, name))
    if faults:
        raise LedgerError(sorted(faults, key=lambda fault: fault.row or 0))
    return found


def add_decisions(file: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions behind those of a file, all or none. Raises LedgerError where they do not go together.

    Another writer waits; a reader sees the old file or the new one.
    """
    with _alone(file):
        new = _with_more(file, decisions)
        parse_decisions(new, file.name)
        _write(file, new)


def strike(file: Path, decisions: Sequence[Decision], note: str) -> int:
    """Make comments of the lines of decisions, with ``note`` in front, and return how many lines that were.

    Who looks for a decision finds it no more; who reads the file sees that it was taken back. What is not there any
    more is passed over. Raises LedgerError where the lines that are left do not go together.
    """
    wanted = {replace(one, line=0) for one in decisions}
    with _alone(file):
        old = _text(file)
        numbers = {one.line for one in parse_decisions(old, file.name) if replace(one, line=0) in wanted}
        lines = [
            f"# {' '.join(note.split())}: {line}" if number in numbers else line
            for number, line in enumerate(old.splitlines(), start=1)
        ]
        new = "".join(f"{line}\n" for line in lines)
        parse_decisions(new, file.name)
        if numbers:
            _write(file, new)
    return len(numbers)


def checked(file: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Return decisions as the file would hold them. Raises LedgerError where they do not go with those of the file."""
    found = parse_decisions(_with_more(file, decisions), file.name)
    return found[len(found) - len(decisions) :]


def _with_more(file: Path, decisions: Iterable[Decision]) -> str:
    old = _text(file) or _HEADING
    old = old.replace(_OLD_HEADING, _HEADING, 1) if old.startswith(_OLD_HEADING) else old
    return old + ("" if old.endswith("\n") else "\n") + "".join(map(_line, decisions))


def _line(one: Decision) -> str:
    # A tab or a line break in somebody's words would begin a column or a line.
    right = f"{one.right}{_KEEP}{one.keep}" if one.keep else one.right
    values = (one.verdict, one.type, one.left, right, one.why, one.date, one.author, one.time)
    return "\t".join(" ".join(value.split()) for value in values).rstrip() + "\n"


def _write(file: Path, text: str) -> None:
    try:
        disk.write_whole(file, text.encode(), file.with_name(f".{file.name}.part"))
    except OSError as error:
        raise UsageError("decisions-unwritable", file=file, cause=cause_of(error)) from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("decisions-unreadable", file=file, cause=error) from error


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(disk.exclusive(file.with_name(f".{file.name}.lock")))
        except OSError as error:
            raise UsageError("decisions-unwritable", file=file, cause=cause_of(error)) from error
        yield


Fault = tuple[str, tuple[tuple[str, str], ...]]


def _fault(parts: Sequence[str]) -> Fault | None:
    """Return what is wrong with the columns of one line, as code and values of a message."""
    if not (3 if parts[0] in LEAVING else 4) <= len(parts) <= len(COLUMNS):
        return "decisions-columns", (("found", str(len(parts))), ("wanted", ", ".join(COLUMNS)))
    verdict, kind, left, right, _, when, _, moment = _columns(parts)
    if verdict not in VERDICTS:
        return "decisions-verdict", (("value", verdict), ("known", ", ".join(VERDICTS)))
    if kind not in _TYPES[verdict]:
        return "decisions-type", (("value", kind), ("verdict", verdict), ("known", ", ".join(_TYPES[verdict])))
    if not _is_key(left, kind):
        return "decisions-key", (("value", left), ("type", kind))
    if when and not _is_date(when):
        return "decisions-date", (("value", when),)
    if moment and not _is_moment(moment):
        return "decisions-time", (("value", moment),)
    return _right_fault(verdict, kind, left, right)


def _right_fault(verdict: str, kind: str, left: str, right: str) -> Fault | None:
    """Return what is wrong with the fourth column."""
    if verdict in ("same", "not-same"):
        return _pair_fault(verdict, kind, left, right)
    if verdict in ("rename", *OF_NAMES):
        return None if right else ("decisions-name", ())
    if verdict == "correct":
        return _field_fault(kind, right)
    if verdict == "not-tie":
        other = thing_of(right)
        if other is None:
            return "decisions-party", (("value", right),)
        return ("decisions-self", (("value", left),)) if other == (kind, key_of(left, kind)) else None
    return ("decisions-nothing-more", (("value", right),)) if right else None


def _pair_fault(verdict: str, kind: str, left: str, right: str) -> Fault | None:
    other, _, keep = right.partition(_KEEP if verdict == "same" else "\n")
    keys = key_of(left, kind), key_of(other, kind)
    if not _is_key(other, kind):
        return "decisions-key", (("value", other), ("type", kind))
    if keep and key_of(keep, kind) not in keys:
        return "decisions-keep", (("value", keep),)
    return ("decisions-self", (("value", left),)) if keys[0] == keys[1] else None


def _field_fault(kind: str, text: str) -> Fault | None:
    name, sign, value = parts_of(text)
    field = FIELDS[kind].get(name)
    if field is None:
        return "decisions-field", (("value", text), ("type", kind), ("known", ", ".join(FIELDS[kind])))
    if sign not in signs(field):
        return "decisions-sign", (("field", name), ("known", ", ".join(f"{name}{one}…" for one in signs(field))))
    if read_value(field, value) is None:
        return "decisions-value", (("field", name), ("value", value))
    return None


def _columns(parts: Sequence[str]) -> list[str]:
    return [*parts, *[""] * len(COLUMNS)][: len(COLUMNS)]


def _decision(parts: Sequence[str], line: int) -> Decision:
    verdict, kind, left, right, why, when, author, moment = _columns(parts)
    keep = ""
    if verdict in ("same", "not-same"):
        right, _, keep = (key_of(text, kind) for text in right.partition(_KEEP))
    elif verdict == "correct":
        name, sign, value = parts_of(right)
        right = f"{name}{sign}{read_value(FIELDS[kind][name], value)}"
    elif verdict == "not-tie":
        right = ":".join(thing_of(right) or ())
    return Decision(cast(Verdict, verdict), kind, key_of(left, kind), right, why, when, line, author, moment, keep)


def _is_key(text: str, kind: str) -> bool:
    return bool((_ROW_KEY if kind == "entry" else KEY).fullmatch(key_of(text, kind)))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
