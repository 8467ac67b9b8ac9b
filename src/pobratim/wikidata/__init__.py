"""Twin towns of Wikidata (P190): from a file of entities, or live from a SPARQL endpoint."""

from pobratim.wikidata.document import read_wikidata
from pobratim.wikidata.endpoint import Endpoint
from pobratim.wikidata.twin_towns import fetch

__all__ = ["Endpoint", "fetch", "read_wikidata"]
