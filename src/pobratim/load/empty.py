"""Make a store of no report, for a server over a store in which nothing is loaded.

``python -m pobratim.load.empty STORE`` prints nothing; the exit code is that of the error. The store has the
vocabulary, so that all that is asked of it has an answer.
"""

import sys
from pathlib import Path

from pobratim.errors import PobratimError
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore


def main(arguments: list[str]) -> int:
    """Make it and return the exit code."""
    try:
        load([], GenerationStore(Path(arguments[0])), Settings(begin=True))
    except PobratimError as error:
        sys.stderr.write(f"{error.code}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
