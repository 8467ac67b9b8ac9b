"""The small graph of the network tests: Smolensk, Safonovo and Khislavichi with their partners."""

from functools import cache

from pyoxigraph import RdfFormat, parse

from pobratim.network import Network, read_network
from pobratim.network.model import Party, Tie
from pobratim.store.reader import MemoryReader
from tests.support.places import FIXTURES

SAMPLE = FIXTURES / "network" / "sample.trig"
ID = "https://w3id.org/pobratim/id/"
SCHOOL_8 = f"{ID}organisation/ru-smolensk-school-8"
GYMNASIUM_7 = f"{ID}organisation/by-vitebsk-gymnasium-7"
TIE_8_7 = f"{ID}tie/institution-by-vitebsk-gymnasium-7-ru-smolensk-school-8"


@cache
def reader() -> MemoryReader:
    return MemoryReader(parse(SAMPLE.read_bytes(), format=RdfFormat.TRIG))


def sample(view: str = "institutions", **params: str) -> Network:
    return read_network(view, params, reader())


def star(count: int) -> Network:
    """A hub with ``count`` partners, and one pair apart from it."""
    small = sample()

    def party(name: str) -> Party:
        return Party(name, {"ru": name}, (), name, "organisation", "", "", "")

    def tie(name: str, a: str, b: str) -> Tie:
        return Tie(name, a, b, "institution", "", "2024-01-01", "2024-01-01", "2024-01-01", 1, 1, (), (), ())

    leaves = [f"leaf{i:03}" for i in range(count)]
    ties = [tie(f"t{leaf}", "hub", leaf) for leaf in leaves] + [tie("tz", "y", "z")]
    parties = {name: party(name) for name in ["hub", *leaves, "y", "z"]}
    return Network(small.view, {}, parties, {each.id: each for each in ties}, {}, small.concepts)
