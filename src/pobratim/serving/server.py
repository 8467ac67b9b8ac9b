"""Run the application on one port until it is told to stop."""

import logging
import os
import resource
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from pobratim import __version__
from pobratim.errors import UsageError
from pobratim.serving.app import application
from pobratim.serving.editing.proxy import TrustedUser
from pobratim.serving.http.connection import bounded
from pobratim.serving.operation import logs
from pobratim.serving.operation.metrics import Metrics
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.engine import StoreEngine

_KEEP_ALIVE = 15
"""Seconds for which an idle connection stays open."""
_BACKLOG = 1024
"""Connections that may wait to be taken."""
_GRACEFUL = 15
"""Seconds that running answers have when the server is told to stop."""
_OWN_FILES = 256
"""Files that the server opens besides: workers' sockets, temporary files, the search index."""
_log = logging.getLogger("pobratim.serving")


def listening(settings: ServerSettings) -> socket.socket:
    """Return a socket that listens where the settings say. Raises UsageError where that address cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        cause = os.strerror(error.errno) if error.errno else error
        raise UsageError("serve-address", host=settings.host, port=settings.port, cause=cause) from error


def serve(
    store: str,
    settings: ServerSettings,
    listener: socket.socket,
    state: Path | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve a store until SIGINT or SIGTERM. Raises StoreError where it cannot be opened.

    ``store`` is a directory or a URL, ``state`` the folder of state folders as for loads; ``ready`` is called when
    requests are answered from now on. Told to stop, the server
    takes no more connections, lets running answers end, then ends its workers. SIGTERM ends it by that signal after all
    is done, SIGINT in peace.
    """
    logs.set_up(settings.log_format)
    metrics = Metrics()
    engine = StoreEngine(store, settings, state, metrics.ended)
    app: Any = application(engine, metrics, ready)  # Starlette and uvicorn call the same thing by types of their own
    app = ProxyHeadersMiddleware(app, settings.trusted_proxies)
    if settings.user_header:
        app = TrustedUser(app, settings.user_header, settings.trusted_proxies)
    config = uvicorn.Config(
        app,
        loop="auto",  # uvloop where there is one
        http=bounded(settings.limits, settings.trusted_proxies),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACEFUL,
        proxy_headers=False,  # they are read here, where the peer may be looked at first
        backlog=_BACKLOG,
    )
    _allow_files(settings.limits.connections)
    _log.info("starting", extra={"port": settings.port, "version": __version__})
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _allow_files(connections: int) -> None:
    """Let this process open as many files as its connections and workers need, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections * 2 + _OWN_FILES
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
