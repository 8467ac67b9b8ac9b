"""The exceptions of Pobratim: one root, each with the exit code that the command line returns for it.

Exit codes: 0 all well; 1 done, but rows or files were left out or checks failed (the report says which);
2 wrong usage; 3 nothing could be read; 4 the store cannot be used.
"""

from collections.abc import Sequence

from pobratim.problems import Problem


class PobratimError(Exception):
    """Root of all errors that a user can cause; ``code`` and ``values`` name a message of ``messages.py``."""

    exit_code = 1

    def __init__(self, code: str, **values: object) -> None:
        """Keep the message's code and the values that fill it."""
        super().__init__(code, values)
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


class UnreadableDocumentError(PobratimError):
    """A document of which no row can be read; ``problem`` says why."""

    exit_code = 3

    def __init__(self, problem: Problem) -> None:
        """Wrap the one problem that stopped the reading."""
        super().__init__(problem.code, file=problem.file, **dict(problem.values))
        self.problem = problem


class UsageError(PobratimError):
    """A command, query name, parameter or format that does not exist."""

    exit_code = 2


class LedgerError(PobratimError):
    """A ledger of decisions with faulty or contradicting lines; ``problems`` are all of them."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the faults; the first one gives the code."""
        super().__init__(problems[0].code, file=problems[0].file, **dict(problems[0].values))
        self.problems = list(problems)


class StoreError(PobratimError):
    """The store directory is missing, locked, or not a store."""

    exit_code = 4


class ContentError(PobratimError):
    """A file of ontology/, queries/ or viz/ is malformed; the message names file and line."""

    exit_code = 4
