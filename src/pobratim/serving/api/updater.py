"""One update in a process of its own: ``python -m pobratim.serving.api.updater STORE BASE``, its JSON on stdin.

Exit codes: 0 done, 65 not SPARQL, 75 another writer holds the store, 1 failed; the cause stands on stdout.
"""

import json
import sys
from pathlib import Path

from pobratim.errors import StoreError
from pobratim.store.directory import GenerationStore

SYNTAX, LOCKED, FAILED = 65, 75, 1


def main(arguments: list[str]) -> int:
    """Update the store and return the exit code."""
    store, base = arguments
    try:
        GenerationStore(Path(store)).update(json.load(sys.stdin), base)
    except SyntaxError as error:
        sys.stdout.write(str(error))
        return SYNTAX
    except StoreError as error:
        sys.stdout.write(error.code)
        return LOCKED if error.code == "store-locked" else FAILED
    except (RuntimeError, ValueError, OSError) as error:
        sys.stdout.write(str(error))
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
