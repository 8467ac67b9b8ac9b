"""The progress bar: only for a terminal, only on stderr."""

import io
import sys

import pytest

from pobratim.messages import text
from pobratim.progress import progress_bar, silent


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_drawn_where_stderr_is_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_bar("ru") as step:
        assert step is silent
        step("stage-read", 1, 2)
    assert capfd.readouterr() == ("", "")


def test_a_terminal_gets_one_bar_a_stage(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress_bar("ru") as step:
        for done in range(3):
            step("stage-read", done, 2)
        step("stage-build", 0, 4)
    shown = terminal.getvalue()
    assert text("stage-read", "ru") in shown and text("stage-build", "ru") in shown
    assert "2/2" in shown and "0/4" in shown
    assert capfd.readouterr().out == ""
