"""``/health`` and ``/metrics``: is it well, and what does it count."""

import json
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim import __version__
from pobratim.errors import StoreError
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.operation.metrics import METRICS_TYPE, Metrics
from pobratim.serving.workers.engine import Engine

_FRESH = {"Cache-Control": "no-store"}


def routes(engine: Engine, metrics: Metrics) -> list[Route]:
    """Return the routes of both pages."""
    began = time.monotonic()

    async def health(request: Request) -> Response:
        del request
        state = state_of(engine)
        body = {**state, "uptime": round(time.monotonic() - began, 1), "version": __version__}
        status = 200 if state["status"] == "ok" else 503
        return Response(json.dumps(body).encode(), status, _FRESH, "application/json")

    async def counters(request: Request) -> Response:
        del request
        return Response(metrics.text(), headers={**_FRESH, "Content-Type": METRICS_TYPE})

    return [*paths("/health", health, READ), *paths("/metrics", counters, READ)]


def state_of(engine: Engine) -> dict[str, object]:
    """Return what is served and by how many workers; ``status`` is "ok", or "no-store" where nothing can be asked."""
    load = engine.load
    try:
        served = engine.served
    except StoreError:
        return {"status": "no-store", "workers": load.workers}
    found: dict[str, object] = {"status": "ok" if engine.ready else "no-store", "generation": served.number}
    if served.quads is not None:
        found["quads"] = served.quads
    return {**found, "workers": load.workers, "running": load.running, "waiting": load.waiting}
