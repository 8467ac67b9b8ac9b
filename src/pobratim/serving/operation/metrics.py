"""What the server counts, as Prometheus reads it: requests, queries, workers, kept answers, the generation.

Labels take few values: a route is the template of an address, a method one of HTTP's, an outcome a problem's code.
"""

import time
from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pobratim import __version__
from pobratim.errors import StoreError
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.answers import Answer
from pobratim.serving.workers.cache import AnswerCache
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.exploring import Exploring
from pobratim.serving.workers.federation import Federation
from pobratim.serving.workers.pool import Load
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.served import Served
from pobratim.serving.workers.using import Using
from pobratim.serving.workers.wire import Task
from pobratim.site.asking import Once

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format, which every reader of metrics takes."""
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"}
_REQUEST_SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 20)
_QUERY_SECONDS = (0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one server, in a registry of their own, so that several servers of a process stay apart."""

    def __init__(self) -> None:
        """Begin at zero."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # half of all lines otherwise, and rates do not need them
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter("pobratim_requests", "Requests", ["route", "method", "status"], registry=self.registry)
        self._seconds = Histogram(
            "pobratim_request_seconds",
            "Time from a request to the end of its answer",
            ["route"],
            buckets=_REQUEST_SECONDS,
            registry=self.registry,
        )
        self._queries = Histogram(
            "pobratim_query_seconds",
            "Time of queries that workers were asked, waiting included, by how they ended",
            ["outcome"],
            buckets=_QUERY_SECONDS,
            registry=self.registry,
        )
        self._ended = Counter(
            "pobratim_workers_ended", "Workers that were ended before their time", ["reason"], registry=self.registry
        )
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request. ``route`` is a template: its values are as many as the server has pages."""
        key = (route, method if method in _METHODS else "other", status)
        found = self._known.get(key)
        if found is None:
            # Looking children up by labels costs more than the counting.
            found = self._requests.labels(key[0], key[1], str(status)), self._seconds.labels(route)
            self._known[key] = found
        found[0].inc()
        found[1].observe(seconds)

    def query(self, outcome: str, seconds: float) -> None:
        """Count a query that went to a worker."""
        self._queries.labels(outcome).observe(seconds)

    def ended(self, reason: str) -> None:
        """Count a worker that was ended (see ``Pool``)."""
        self._ended.labels(reason).inc()

    def watch(self, engine: Engine) -> None:
        """Show what ``engine`` is doing at the moment of each look."""
        self.registry.register(_State(engine))

    def text(self) -> bytes:
        """Return all counters."""
        return generate_latest(self.registry)


class _State(Collector):
    """What is not counted but read when it is asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        load, cache = self._engine.load, self._engine.cache
        queries = GaugeMetricFamily("pobratim_queries", "Queries at this moment", labels=["state"])
        for state, count in (("running", load.running), ("waiting", load.waiting), ("long", load.long)):
            queries.add_metric([state], count)
        yield queries
        yield GaugeMetricFamily("pobratim_workers", "Worker processes", value=load.workers)
        looked_up = CounterMetricFamily("pobratim_cache_requests", "Answers looked up in memory", labels=["result"])
        looked_up.add_metric(["hit"], cache.hits)
        looked_up.add_metric(["miss"], cache.misses)
        yield looked_up
        yield GaugeMetricFamily("pobratim_cache_bytes", "Bytes of answers kept in memory", value=cache.size)
        number, quads = self._served()
        yield GaugeMetricFamily("pobratim_generation", "Number of the generation served", value=number)
        yield GaugeMetricFamily("pobratim_quads", "Quads of the generation served", value=quads)
        about = GaugeMetricFamily("pobratim_info", "The program", labels=["version"])
        about.add_metric([__version__], 1)
        yield about

    def _served(self) -> tuple[int, int]:
        try:
            served = self._engine.served
        except StoreError:
            return 0, 0
        return served.number, served.quads or 0


class Measured:
    """An engine whose queries are counted and timed."""

    def __init__(self, engine: Engine, metrics: Metrics) -> None:
        """Wrap ``engine``."""
        self._engine, self._metrics = engine, metrics
        self.settings: ServerSettings = engine.settings
        self.cache: AnswerCache = engine.cache
        self.federation: Federation = engine.federation
        self.once: Once = engine.once
        self.exploring: Exploring = engine.exploring
        self.using: Using = engine.using

    @property
    def served(self) -> Served:
        """Return the generation served now."""
        return self._engine.served

    @property
    def load(self) -> Load:
        """Return what runs and waits."""
        return self._engine.load

    @property
    def ready(self) -> bool:
        """Tell whether queries can be asked now."""
        return self._engine.ready

    async def run(self, task: Task, client: str) -> Answer:
        """Return the answer to a query. Raises RefusedError."""
        began, outcome = time.perf_counter(), "left"
        try:
            answer = await self._engine.run(task, client)
            outcome = "ok"
        except RefusedError as error:
            outcome = error.code
            raise
        finally:
            self._metrics.query(outcome, time.perf_counter() - began)
        return answer
