"""The header in which a proxy names its user: believed of a trusted proxy, taken away from everybody else."""

from starlette.types import ASGIApp, Receive, Scope, Send


class TrustedUser:
    """Wraps everything that changes who a request comes from: here the peer is still the peer."""

    def __init__(self, app: ASGIApp, header: str, proxies: str) -> None:
        """``header`` is the name of the header, ``proxies`` are the addresses believed, by comma, "*" for all."""
        self._app, self._header = app, header.lower().encode()
        self._proxies = {address.strip() for address in proxies.split(",")} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http":
            client = scope.get("client")
            if "*" not in self._proxies and (client is None or client[0] not in self._proxies):
                headers = [pair for pair in scope["headers"] if pair[0] != self._header]
                scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)
