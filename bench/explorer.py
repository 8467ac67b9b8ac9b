"""How quick the explorer's answers are where there is a nation's data: CPU time of what each screen asks of its index.

``python -m bench.explorer`` prints the table; ``--write`` puts it into README.md. The nation is made up (``made_nation.py``).
Each question is asked once to open what is kept open, then twenty times: median and 95th percentile. What a screen
takes besides, its HTML and the sentences of its evidence, grows with the page and not with the nation.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from bench.made_nation import Sizes, made_nation
from pobratim.explore import Index, Selection
from pobratim.explore.ego import ego_of
from pobratim.explore.events import selected_events
from pobratim.explore.facets import facets
from pobratim.explore.index_file import make
from pobratim.explore.parties import Party, party_of
from pobratim.explore.ties import selected_ties

README = Path(__file__).with_name("README.md")
ROUNDS = 20
_P95 = 18
"""The place of the 95th percentile among the cuts of ``quantiles(n=20)``."""
_FILTER = Selection(country=("BY",), topic=("culture",), since="2020", until="2024-Q2")


@dataclass(frozen=True, slots=True)
class Question:
    """What a screen asks: ``aim`` are milliseconds at most, 0 where none is stated."""

    name: str
    aim: int
    ask: Callable[[], object]
