"""One piece of editing in a process of its own: ``python -m pobratim.editing STORE``, the task as JSON on stdin.

The process may be started long before there is a task: what it imports takes longer than most of them. An end of stdin
without a task ends it.

What came of it is JSON on stdout: ``state`` is done, refused (``said``: in words, by language), overtaken (``lines``:
what others decided) or locked. The exit code is 0 unless the program itself is at fault.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pobratim.editing.accepting import accept, undo
from pobratim.editing.desk import Desk
from pobratim.editing.editor import Editor
from pobratim.editing.ledger import OvertakenError, Step, about, carry_out, seen_of
from pobratim.editing.lines import named_in
from pobratim.editing.previewing import Names, told
from pobratim.editing.reading import read
from pobratim.errors import PobratimError, StoreError, UsageError
from pobratim.load import preview_words
from pobratim.load.deciding import Deciding
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.load.trial import changes_with
from pobratim.messages import LANGUAGES, explain, text
from pobratim.resolve import Candidate, read_decisions
from pobratim.resolve.decisions import checked
from pobratim.store.directory import GenerationStore

_WAIT = 300.0
"""Seconds for which a task waits for another writer of the store, such as a load of the command line."""
_MOST = 200
"""Differences that a preview lists; all are counted."""
Answer = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Do a task and print what came of it."""
    [store] = arguments
    told = sys.stdin.read()
    if not told:
        return 0
    asked = json.loads(told)
    desk, backend = Desk(Path(store)), GenerationStore(Path(store), wait=float(asked.get("wait", _WAIT)))
    try:
        answer = {"state": "done", **_TASKS[asked["task"]](desk, backend, asked)}
    except OvertakenError as error:
        answer = {"state": "overtaken", "lines": [asdict(one) for one in error.lines]}
    except PobratimError as error:
        is_locked = isinstance(error, StoreError) and error.code == "store-locked"
        said = {lang: explain(error, lang) for lang in LANGUAGES}
        answer = {"state": "locked" if is_locked else "refused", "said": said}
    json.dump(answer, sys.stdout, ensure_ascii=False)
    return 0


def _read(desk: Desk, store: GenerationStore, asked: Mapping[str, Any]) -> Answer:
    facts = read(desk, _draft(desk, asked), store.manifest())
    return {"rows": facts["rows"]}


def _accept(desk: Desk, store: GenerationStore, asked: Mapping[str, Any]) -> Answer:
    return accept(desk, store, _draft(desk, asked), _editor(asked), asked.get("base", ""))


def _undo(desk: Desk, store: GenerationStore, asked: Mapping[str, Any]) -> Answer:
    entry = next((one for one in desk.history() if one["id"] == asked["load"]), None)
    if entry is None:
        raise UsageError("editing-not-undoable")
    return undo(desk, store, entry, _editor(asked), asked["why"])


def _decide(desk: Desk, store: GenerationStore, asked: Mapping[str, Any]) -> Answer:
    step, by = Step.from_json(asked["step"]), _editor(asked)
    began = datetime.now().astimezone()
    names = Names(store.open())
    called = {thing: names.of(*thing) for thing in step.things}
    desk.keep_names({":".join(thing): name for thing, name in called.items()})
    desk.keep_names(
        {named_in(one, thing): called[thing] for one in step.add for thing in one.things if thing in called}
    )
    with store.writing():
        carry_out(desk.ledger, step, f"{by.time} {by.name}")
        try:
            report = load([], store, Settings())
        except BaseException:
            carry_out(desk.ledger, Step(step.take_back, step.add), f"{by.time} {by.name}")
            raise
    seconds = (datetime.now().astimezone() - began).total_seconds()
    return {"generation": report.generation, "seconds": round(seconds, 1), "step": step.to_json()}


def _preview(desk: Desk, store: GenerationStore, asked: Mapping[str, Any]) -> Answer:
    step = Step.from_json(asked["step"])
    now = read_decisions(desk.ledger)
    if step.seen and step.seen != seen_of(now, step.things):
        raise OvertakenError(about(now, step.things))
    made = checked(desk.ledger, step.add)
    found = changes_with(store, now, made)
    reader = store.open()
    names = Names(reader, found)
    deciding = Deciding([Candidate.from_json(one) for one in reader.manifest.get("candidates", [])], reader)
    differ = [field for _, fields in deciding.mismatches(made) for field in fields]
    return {
        "step": step.to_json(),
        "count": len(found),
        "counts": {lang: preview_words.counts(found, lang) for lang in LANGUAGES},
        "told": {lang: told(found[:_MOST], names, lang) for lang in LANGUAGES},
        "differ": {lang: [text(f"fact-{field}", lang) for field in differ] for lang in LANGUAGES},
    }


def _draft(desk: Desk, asked: Mapping[str, Any]) -> Any:
    found = desk.draft(asked["draft"])
    if found is None:
        raise UsageError("editing-no-draft")
    return found


def _editor(asked: Mapping[str, Any]) -> Editor:
    return Editor(asked["author"], datetime.fromisoformat(asked["time"]))


_TASKS: Mapping[str, Callable[[Desk, GenerationStore, Mapping[str, Any]], Answer]] = {
    "read": _read,
    "accept": _accept,
    "undo": _undo,
    "decide": _decide,
    "preview": _preview,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
