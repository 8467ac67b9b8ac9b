"""Which connections are open, of whom, and which of them wait for nothing: those make room for others."""

from collections import defaultdict
from typing import Protocol


class Closable(Protocol):
    """A connection that can be closed from here."""

    def make_room(self) -> None:
        """Close, for another connection."""


class Connections:
    """The open connections, bounded in all and for each client.

    A connection counts as idle until a whole request has come, and again when that has been answered. Where a bound is
    reached, the one that has been idle for longest is closed: a client with a thousand idle connections, or one that
    sends its requests byte by byte, so keeps nobody out.
    """

    def __init__(self, most: int, most_a_client: int, proxies: str = "") -> None:
        """``proxies`` are addresses by comma, "*" for all, that speak for many clients: no bound of one is theirs."""
        self._most, self._most_a_client = most, most_a_client
        self._proxies = {address.strip() for address in proxies.split(",")} - {""}
        self._client_of: dict[Closable, str] = {}
        self._open: dict[str, int] = defaultdict(int)
        self._idle: dict[str, dict[Closable, None]] = defaultdict(dict)

    def __len__(self) -> int:
        """Return how many are open."""
        return len(self._client_of)

    def enter(self, connection: Closable, client: str) -> bool:
        """Count a new connection, idle; return False where there is no place and nothing idle makes one."""
        has_place = self._has_place(client)
        self._client_of[connection] = client
        self._open[client] += 1
        self._idle[client][connection] = None
        return has_place

    def busy(self, connection: Closable) -> None:
        """Note that a whole request of the connection has come."""
        client = self._client_of.get(connection)
        if client is not None:
            self._idle[client].pop(connection, None)

    def idle(self, connection: Closable) -> None:
        """Note that the connection waits for nothing, from now on."""
        client = self._client_of.get(connection)
        if client is not None:
            self._idle[client].pop(connection, None)
            self._idle[client][connection] = None

    def leave(self, connection: Closable) -> None:
        """Forget a connection that is closed; one that has left already is no fault."""
        client = self._client_of.pop(connection, None)
        if client is None:
            return
        self._idle[client].pop(connection, None)
        self._open[client] -= 1
        if not self._open[client]:
            del self._open[client], self._idle[client]

    def _has_place(self, client: str) -> bool:
        is_proxy = client in self._proxies or "*" in self._proxies
        if not is_proxy and self._open.get(client, 0) >= self._most_a_client and not self._close_one_of(client):
            return False
        if len(self) < self._most:
            return True
        most_idle = max(self._idle, key=lambda each: len(self._idle[each]), default=client)
        return self._close_one_of(most_idle)

    def _close_one_of(self, client: str) -> bool:
        found = next(iter(self._idle.get(client, ())), None)
        if found is None:
            return False
        self.leave(found)
        found.make_room()
        return True
