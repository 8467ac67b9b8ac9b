"""``python -m pobratim.readers.scans``: the child process (``work.py``)."""

import sys

from pobratim.readers.scans.work import main

main(sys.argv[1:])
