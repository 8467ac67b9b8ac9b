"""The small graph of the network tests: Smolensk, Safonovo and Khislavichi with their partners."""

from functools import cache

from pyoxigraph import RdfFormat, parse

from pobratim.network import Network, read_network
from pobratim.store.directory import MemoryReader
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
