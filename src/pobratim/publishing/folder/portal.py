"""A CKAN portal over the network, by ckanapi (an extra of the installation): who asks, how long, and its errors."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pobratim.errors import UsageError, cause_of
from pobratim.publishing.folder.ckan import TOKEN, Api

_WAIT = 60.0
"""Seconds for one action: a package with some dozens of files is written in a few."""
_AGENT = "pobratim"


class Portal:
    """The action API at an address; ``token`` may be empty where one only looks."""

    def __init__(self, url: str, token: str) -> None:
        """Take the address of the portal's first page. Raises UsageError where ckanapi is not installed."""
        try:
            from ckanapi import RemoteCKAN
        except ImportError as error:
            raise UsageError("ckan-missing", package=error.name or "ckanapi") from error
        self._remote = RemoteCKAN(url, apikey=token or None, user_agent=_AGENT)

    def call_action(self, action: str, data_dict: Mapping[str, Any]) -> Any:
        """Return the result of an action. Raises ckanapi's errors and those of requests."""
        return self._remote.call_action(action, dict(data_dict), requests_kwargs={"timeout": _WAIT})


@contextmanager
def portal_at(url: str, token: str) -> Iterator[Api]:
    """Yield a portal. Raises UsageError for whatever goes wrong there, with its own words."""
    portal = Portal(url, token)
    from ckanapi.errors import CKANAPIError, NotAuthorized, ServerIncompatibleError, ValidationError
    from requests import RequestException

    try:
        yield portal
    except NotAuthorized as error:
        raise UsageError("ckan-refused", url=url, token=TOKEN, cause=_plain(error.args)) from error
    except ValidationError as error:
        raise UsageError("ckan-invalid", url=url, cause=_plain(error.error_dict)) from error
    except (CKANAPIError, ServerIncompatibleError) as error:
        raise UsageError("ckan-other", url=url, cause=str(error)[:_SHOWN]) from error
    except RequestException as error:
        raise UsageError("ckan-unreachable", url=url, cause=cause_of(error)) from error


_SHOWN = 500


def _plain(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, default=str)[:_SHOWN]
