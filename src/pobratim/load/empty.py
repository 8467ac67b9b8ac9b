"""Make a store of no report, for a server over a store in which nothing is loaded.

``python -m pobratim.load.empty STORE BASE`` prints nothing; the exit code is that of the error. The store has the
vocabulary, so that all that is asked of it has an answer; BASE begins its IRIs, "" for the usual one.
"""

import sys
from pathlib import Path

from pobratim.errors import PobratimError
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore


def main(arguments: list[str]) -> int:
    """Make it and return the exit code."""
    store, base = arguments
    try:
        load([], GenerationStore(Path(store)), Settings(base=base, begin=True))
    except PobratimError as error:
        sys.stderr.write(f"{error.code}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
