"""Tables that tell of events in another shape than a row an event: recognised with certainty, and made into such rows.

``reshape`` works on the tables of a document before they are laid out (cards, lists of delegations), ``register_of``
says which source reads a list of agreements or twin towns, ``split_rows`` and ``joined_again`` take cells that list
several events apart and give their records the whole cell as evidence. ``part_places``
parts name and place in one cell, ``read_prose`` reads a text without a table. What is not recognised stays as it is.
"""

from pobratim.shapes.cards import read_cards
from pobratim.shapes.delegations import read_delegations
from pobratim.shapes.items import Origin, joined_again, split_rows
from pobratim.shapes.place_parted import part_places
from pobratim.shapes.prose import Prose, read_prose
from pobratim.shapes.registers import register_of
from pobratim.shapes.reshape import reshape

__all__ = [
    "Origin",
    "Prose",
    "joined_again",
    "part_places",
    "read_cards",
    "read_delegations",
    "read_prose",
    "register_of",
    "reshape",
    "split_rows",
]
