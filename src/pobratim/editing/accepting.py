"""Taking a draft into the store as a new generation, and taking a load back."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from pobratim.editing.desk import About, Desk
from pobratim.editing.editor import Editor, undoable
from pobratim.editing.ledger import Step, carry_out
from pobratim.editing.reading import settings_of
from pobratim.errors import StoreError, UsageError
from pobratim.load.pipeline import load
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.resolve import Decision, read_decisions
from pobratim.sources import find_again
from pobratim.store.directory import GenerationStore


def accept(desk: Desk, store: GenerationStore, about: About, by: Editor, base: str = "") -> dict[str, Any]:
    """Load a draft's document with its corrections, note it in the history and remove the draft; return the note.

    ``base`` begins the IRIs of a store in which nothing was loaded before; any other keeps its own.
    Raises UsageError where nothing of it can be read, and what a load raises; the ledger is as before then.
    """
    facts = desk.read(about)
    if facts is None or not facts["reports"]:
        raise UsageError("editing-nothing-read", file=about.file)
    slugs = [report["slug"] for report in facts["reports"]]
    step = _step(desk, about, slugs, by)
    with store.writing():
        manifest = store.manifest()
        before = manifest.get("reports", {})
        settings = replace(settings_of(about), base=manifest.get("base") or base)
        _keep_former(desk, store, [before[slug] for slug in slugs if slug in before])
        with _written(desk.ledger, step, by):
            report, seconds = _timed(store, [desk.document(about)], settings)
            if report.exit_code > 1:
                raise UsageError("editing-nothing-read", file=about.file)
    files = [_file(one, before.get(one["slug"])) for one in facts["reports"]]
    entry = _entry(about.id, "accept", by, report, seconds)
    entry |= {
        "file": about.file,
        "files": files,
        "step": step.to_json(),
    }
    desk.note(entry)
    desk.remove(about)
    return entry


def undo(desk: Desk, store: GenerationStore, entry: Mapping[str, Any], by: Editor, why: str) -> dict[str, Any]:
    """Take a load back: reports that it brought leave the graph, those that it replaced come back as they were.

    Raises UsageError where a document is not kept any more, or the load was taken back already.
    """
    if entry["id"] not in {one["id"] for one in undoable(desk.history())}:
        raise UsageError("editing-not-undoable")
    step = Step.from_json(entry["step"])
    new = [one["slug"] for one in entry["files"] if not one["before"]]
    back = Step(
        add=(*step.take_back, *(by.decides(Decision("withdrawn", "report", slug, ""), why) for slug in new)),
        take_back=step.add,
    )
    former = [one["before"] for one in entry["files"] if one["before"]]
    with store.writing(), TemporaryDirectory(prefix="pobratim-undo-") as folder:
        paths = [(one, _former(desk, one, Path(folder))) for one in former]
        with _written(desk.ledger, back, by):
            loads = [([path], _told(one)) for one, path in paths] or [([], Settings())]
            made = [_timed(store, *each) for each in loads]
    report, seconds = made[-1][0], sum(each[1] for each in made)
    told = _entry(f"{by.now:%Y%m%d%H%M%S}-undo", "undo", by, report, seconds)
    told |= {"of": entry["id"], "file": entry["file"], "files": [{**one, "before": None} for one in entry["files"]]}
    desk.note({**told, "step": back.to_json()})
    return told


def _step(desk: Desk, about: About, slugs: list[str], by: Editor) -> Step:
    """Return what goes into the ledger with a draft: corrections of rows; reports taken out come back."""
    fixes = [
        by.decides(Decision("correct", "entry", f"{report}/{row}", change), "")
        for report, row, change in about.fixes
        if report in slugs
    ]
    back = [
        one
        for one in read_decisions(desk.ledger)
        if (one.verdict, one.type) == ("withdrawn", "report") and one.left in slugs
    ]
    return Step(tuple(fixes), tuple(back))


@contextmanager
def _written(ledger: Path, step: Step, by: Editor) -> Iterator[None]:
    """Carry out a step, and the other way round where what follows fails."""
    carry_out(ledger, step, f"{by.time} {by.name}")
    try:
        yield
    except BaseException:
        carry_out(ledger, Step(step.take_back, step.add), f"{by.time} {by.name}")
        raise


def _timed(store: GenerationStore, paths: list[Path], settings: Settings) -> tuple[LoadReport, float]:
    began = time.monotonic()
    return load(paths, store, settings), time.monotonic() - began


def _keep_former(desk: Desk, store: GenerationStore, known: list[Mapping[str, Any]]) -> None:
    for facts in known:
        sha256 = facts["entity"]["sha256"]
        with suppress(StoreError):  # the load that brought it was told to keep no document
            desk.keep_former(sha256, store.documents.read(sha256))


def _file(report: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    told = {name: report[name] for name in ("slug", "title", "rows", "stored", "sha256")}
    return {**told, "before": _version(before) if before else None}


def _version(facts: Mapping[str, Any]) -> dict[str, Any]:
    entity = facts["entity"]
    names = ("home", "period", "shipped")
    return {name: facts[name] for name in names} | {name: entity[name] for name in ("sha256", "file", "source")}


def _former(desk: Desk, version: Mapping[str, Any], folder: Path) -> Path:
    kept = desk.former(version["sha256"])
    if not kept.is_file():
        raise UsageError("editing-former-missing", file=version["file"])
    path = folder / str(version["sha256"][:12]) / PurePosixPath(version["file"]).name
    path.parent.mkdir()
    path.write_bytes(kept.read_bytes())
    return path


def _told(version: Mapping[str, Any]) -> Settings:
    source = find_again(version["source"], version["shipped"]) if version["source"] else None
    return Settings(home=version["home"], period=version["period"], source=source, force=True)


def _entry(ident: str, action: str, by: Editor, report: LoadReport, seconds: float) -> dict[str, Any]:
    return {
        "id": ident,
        "action": action,
        "author": by.name,
        "time": by.time,
        "seconds": round(seconds, 1),
        "generation": report.generation,
        "totals": report.totals,
    }
