"""Run the application on one port until it is told to stop."""

from pathlib import Path

import uvicorn

from pobratim.serving.app import application
from pobratim.serving.connection import bounded
from pobratim.serving.engine import LocalEngine
from pobratim.serving.settings import ServerSettings

_KEEP_ALIVE = 15
"""Seconds for which an idle connection stays open."""
_GRACEFUL = 15
"""Seconds that running answers have when the server is told to stop."""


def serve(store: Path, settings: ServerSettings) -> None:
    """Serve a store until SIGINT or SIGTERM. Raises StoreError where it cannot be opened."""
    config = uvicorn.Config(
        application(LocalEngine(store, settings)),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=bounded(settings.limits),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACEFUL,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        limit_concurrency=1000,
        backlog=1024,
    )
    uvicorn.Server(config).run()
