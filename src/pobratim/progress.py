"""A progress bar on stderr while long work runs; silent where stderr is not a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pobratim.messages import Language, text

Step = Callable[[str, int, int], None]
"""Called with a stage's message code, how many pieces of it are done, and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""
    del stage, done, total


@contextmanager
def progress_bar(lang: Language) -> Iterator[Step]:
    """Yield a Step that draws one bar a stage while the context lasts and then clears it."""
    if not sys.stderr.isatty():
        yield silent
        return
    # Imported here: rich takes longer to start than most commands take to run.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    # Drawn at each step and by no thread of its own: a load forks, and what has threads must not.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        tasks = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(text(stage, lang), total=total, rate="")
            elapsed = bar.tasks[tasks[stage]].elapsed or 0.0
            rate = text("progress-rate", lang, count=f"{done / elapsed:.1f}") if done and elapsed >= 1 else ""
            bar.update(tasks[stage], completed=done, total=total, rate=rate, refresh=True)

        yield step
