"""``pobratim serve``: endpoint, linked data, search and workbench on one port."""

import os
import platform
import signal
import socket
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from pobratim.cli.gating import gated, kept_up, people_option
from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import A_PATH, decisions_option, option, store_options
from pobratim.cli.root import talk
from pobratim.errors import StoreError, UsageError
from pobratim.ground.lasting import lasting
from pobratim.messages import Language, text
from pobratim.publishing.settings import People
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.backend import StoreBackend
from pobratim.store.opening import EMPTY, is_url, open_store


def _can_serve() -> bool:
    """Tell whether this system has what holds a query to its limits: forked processes, timers and bounds of memory."""
    wanted = ((os, "fork"), (socket, "send_fds"), (signal, "setitimer"), (signal, "SIGALRM"))
    try:
        import_module("resource")
    except ImportError:
        return False
    return all(hasattr(module, name) for module, name in wanted)


def _is_empty(store: StoreBackend) -> bool:
    """Tell whether nothing is loaded yet. Raises StoreError for what is no store, or one that cannot be read."""
    try:
        store.open()
    except StoreError as error:
        if error.code in EMPTY:
            return True
        raise
    return False


def _talk_of_the_first_report(store: str, is_of_examples: bool, lang: Language) -> None:
    """Tell that a store is empty; and where the first report would get the base of examples, to set another before."""
    talk(text("cli-serve-empty", lang, store=store))
    if is_of_examples:
        talk(text("cli-serve-base", lang, base=DEFAULT_BASE))


_NO_EDITING: Mapping[str, Any] = MappingProxyType(
    {"update_token": "", "editor_token": "", "editors": {}, "user_header": ""}
)
"""Settings of a server that shows what may go out: what is edited is the store that it is made of."""


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        store: str,
        state: Path | None,
        config: Path | None,
        host: str | None,
        port: int | None,
        public_url: str | None,
        public: bool,
        people: People | None,
        decisions: Path | None,
    ) -> None:
        if not _can_serve():
            raise UsageError("serve-system", system=platform.system())
        if people and not public:
            raise UsageError("serve-people-alone")
        with lasting():
            from pobratim.search.stored import is_made  # imported here: a help text needs no index
            from pobratim.serving.server import listening, serve  # imported here: a help text needs no server
            from pobratim.serving.settings import read_settings
            from pobratim.site.render import is_built  # imported here: a help text needs no page

        settings = read_settings(config)
        given: dict[str, Any] = {"host": host, "port": port, "public_url": public_url}
        settings = replace(settings, **{key: value for key, value in given.items() if value is not None})
        opened = open_store(store, state)
        keeping: AbstractContextManager[None] = nullcontext()
        if public:
            keeping = kept_up(opened, state, people or "none", decisions)
            opened = gated(opened, people or "none", decisions)
            store, state, settings = opened.name, None, replace(settings, **_NO_EDITING)
        if settings.has_editors and not is_url(store):
            with suppress(OSError):  # what opens it next says what is wrong
                Path(store).mkdir(parents=True, exist_ok=True)
        is_empty = _is_empty(opened)
        listener = listening(settings)
        address = settings.public_url or f"http://{settings.host}:{settings.port}"
        if not is_built():
            talk(text("serve-not-built", lang))
        if is_empty:
            _talk_of_the_first_report(opened.name, settings.has_editors and not settings.base, lang)
        elif not is_made(opened):
            talk(text("cli-serve-search", lang))
        at = text("cli-serve-at", lang, address=address, store=opened.name)
        with keeping:
            serve(store, settings, listener, state, lambda: talk(at))

    return LocalCommand("serve", lang, callback=callback, params=_parameters(lang))


def _parameters(lang: Language) -> list[click.Parameter]:
    return [
        *store_options(lang),
        option(lang, "--config", metavar="file", type=A_PATH, envvar="POBRATIM_CONFIG"),
        option(lang, "--host", metavar="host"),
        option(lang, "--port", metavar="port", type=int),
        option(lang, "--public-url", metavar="url"),
        option(lang, "--public"),
        people_option(lang),
        decisions_option(lang),
    ]
