"""``/search?q=``: things by their names, as a page or as JSON."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pobratim.messages import Language
from pobratim.search import TYPES, Hit
from pobratim.serving.addresses import addresses_of
from pobratim.serving.engine import Engine
from pobratim.serving.pages import Page, answer_page
from pobratim.serving.paths import paths
from pobratim.serving.protocol import negotiated
from pobratim.serving.refusal import RefusedError
from pobratim.serving.requests import language_of
from pobratim.serving.search_page import search_page
from pobratim.serving.searching import Searching

METHODS = "GET, HEAD, OPTIONS"
_LIMIT, _MOST = 20, 100
