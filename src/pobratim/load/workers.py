"""Work in several processes: each is given one piece at a time, so that one that dies takes only its piece along.

Processes are forked: they inherit what was read and resolved. Where there is no fork the work is done here.
"""

import gc
import math
import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from time import sleep
from typing import Any, Generic, TypeVar, cast

from pobratim.fence import Fault, attempt
from pobratim.ground.lasting import sweep

_PAUSE = 0.25
"""Seconds between two looks whether somebody waits for what is made."""
Piece = TypeVar("Piece")
Made = TypeVar("Made")


class LostError(Exception):
    """A process died over a piece of work: the system took it, or a library crashed."""


def cores() -> int:
    """Return how many processes may run at once, 1 where processes cannot be forked."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[Piece], Made], pieces: Sequence[Piece], jobs: int, most: float = math.inf) -> Iterator[Made]:
    """Yield what ``work`` makes of each piece, in their order; what a lost process was at is made here.

    ``most`` pieces are given to a process before another one takes its place. Raises what ``work`` raises.
    """
    for piece, made in zip(pieces, attempts(work, pieces, jobs, most), strict=True):
        if isinstance(made, LostError):
            yield work(piece)
        elif isinstance(made, BaseException):
            raise made
        else:
            yield made


def attempts(
    work: Callable[[Piece], Made], pieces: Iterable[Piece], jobs: int, most: float = math.inf
) -> Iterator[Made | BaseException]:
    """Yield what ``work`` makes of each piece, or what it raised, in their order; LostError for a process that died.

    None is no work: it comes back. With one job all is done here, and nothing can be lost. A process has copies of all
    that it looked at of what it inherited: after ``most`` pieces it ends, and another one goes on without these.
    """
    if jobs <= 1:
        yield from (_tried(work, piece) for piece in pieces)
        return
    gc.freeze()  # what is collected in one process is copied for it
    crew = _Crew(work, jobs, most)
    try:
        yield from crew.work_through(iter(pieces))
    finally:
        crew.dismiss()
        gc.unfreeze()


class Beside(Generic[Made]):
    """Work that a process of its own does while this one goes on, or that waits until it is asked for."""

    def __init__(self, work: Callable[[], Made], jobs: int, instead: Callable[[], Made] | None = None) -> None:
        """Begin the ``work``, where several ``jobs`` may be done at once.

        ``instead`` makes what stands for the work of a lost process, the work itself if None: where it is given, this
        process keeps nothing of what the work is made of.
        """
        self._crew: _Crew[int, Made] = _Crew(lambda _: work(), 1, most=1)
        self._hand = self._crew.begin(0) if jobs > 1 else None
        self._work = instead if instead and self._hand else work
        self._crew.work_no_more()

    @property
    def is_apart(self) -> bool:
        """Tell whether a process does the work, with copies of all that it needs."""
        return self._hand is not None

    def made(self) -> Made:
        """Return what the work makes; of a lost process what stands for it. Raises what the work raises."""
        found = self._crew.end(self._hand) if self._hand else LostError()
        self.close()
        if isinstance(found, LostError):
            return self._work()
        if isinstance(found, BaseException):
            raise found
        return found

    def close(self) -> None:
        """End the process, if there is one, whatever it is at."""
        self._crew.dismiss()


def _tried(work: Callable[[Piece], Made], piece: Piece) -> Made | BaseException:
    try:
        return _done(work, piece)
    finally:
        sweep()


def _done(work: Callable[[Piece], Made], piece: Piece) -> Made | BaseException:
    try:
        return cast("Made", None) if piece is None else work(piece)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 -- handed on, to be raised or told of where the pieces are known
        return error


class _Crew(Generic[Piece, Made]):
    """Processes that wait for work, each behind a pipe."""

    def __init__(self, work: Callable[[Piece], Made], jobs: int, most: float = math.inf) -> None:
        """Take the work; a process ends after ``most`` pieces, whether or not it was heard."""
        self._work: Callable[[Piece], Made] | None = work
        self._jobs, self._most = jobs, most
        self._done: Counter[Connection] = Counter()
        self._hands: dict[Connection, BaseProcess] = {}
        self._busy: dict[Connection, int] = {}

    def work_through(self, pieces: Iterator[Piece]) -> Iterator[Made | BaseException]:
        """Yield what becomes of the pieces in their order, a few of them ahead at most."""
        done: dict[int, Made | BaseException] = {}
        given = told = 0
        more = True
        while more or self._busy or done:
            while more and len(self._busy) < self._jobs and given - told < 4 * self._jobs:
                piece = next(pieces, pieces)
                if piece is pieces:
                    more = False
                    break
                if piece is None:
                    done[given] = cast("Made", None)
                else:
                    self._give(given, cast("Piece", piece))
                given += 1
            while told in done:
                yield done.pop(told)
                told += 1
            for hand in wait(list(self._busy)) if self._busy else ():
                number = self._busy.pop(cast("Connection", hand))
                done[number] = self.end(cast("Connection", hand))

    def dismiss(self) -> None:
        """End all processes."""
        while self._hands:
            hand, process = self._hands.popitem()
            hand.close()
            process.terminate()
            process.join()

    def work_no_more(self) -> None:
        """Forget the work: no further process will be begun."""
        self._work = None

    def begin(self, piece: Piece) -> Connection:
        """Give a piece to a process that has none; return the pipe to it."""
        free = next((hand for hand in self._hands if hand not in self._busy), None) or self._hired()
        free.send(piece)
        return free

    def _give(self, number: int, piece: Piece) -> None:
        self._busy[self.begin(piece)] = number

    def _hired(self) -> Connection:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, ours, self._work, self._most, os.getpid()), daemon=True)
        process.start()
        theirs.close()
        self._hands[ours] = process
        return ours

    def end(self, hand: Connection) -> Made | BaseException:
        """Return what became of the piece of a process, once it is done."""
        try:
            made = cast("Made | BaseException", hand.recv())
        except (EOFError, OSError):
            return LostError(self._left(hand).exitcode)
        self._done[hand] += 1
        if self._done[hand] >= self._most:
            self._left(hand, now=True)
        return made

    def _left(self, hand: Connection, *, now: bool = False) -> BaseProcess:
        """Return a process that has ended, or is ended ``now``, and forget it."""
        process = self._hands.pop(hand)
        hand.close()
        if now:
            process.terminate()
        process.join()
        del self._done[hand]
        return process


def _serve(hand: Connection, other: Connection, work: Callable[[Any], Any], most: float, parent: int) -> None:
    other.close()
    Thread(target=_end_without, args=(parent,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends us
    done = 0
    while done < most:
        try:
            piece = hand.recv()
        except (EOFError, OSError):
            return
        made = _done(work, piece)
        sent = attempt(partial(hand.send, made))
        if isinstance(sent, Fault):  # what cannot be sent is told of
            hand.send(RuntimeError(f"{sent.kind}: {made!r}"[:500]))
        done += 1
        if done < most:
            del piece, made, sent  # so that what is swept is only what stays
            sweep()


def _end_without(parent: int) -> None:
    """End this process once the one that began it was killed: whoever goes on must find nobody else at work."""
    while os.getppid() == parent:
        sleep(_PAUSE)
    os._exit(1)
