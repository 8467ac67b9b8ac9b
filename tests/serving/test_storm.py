"""A short storm of hostile queries: whoever asks something small is answered, and the server stays the same process."""

import pytest

from bench.storm import P99_SECONDS, bound_mb, memory_mb, storm
from pobratim.serving.settings import Limits
from tests.support.server import Server

pytestmark = pytest.mark.slow


def test_an_innocent_client_is_answered_during_a_storm(served: Server) -> None:
    bound = bound_mb(Limits(), memory_mb(served.process.pid))
    seconds = 10
    measured = storm(served.url, served.process.pid, seconds)
    assert measured.failures == []
    assert len(measured.seconds) >= seconds / P99_SECONDS
    assert measured.pid_is_same
    assert 0 < measured.pss_mb < bound
    assert measured.attacks["503"] + measured.attacks["429"] > 0
    assert set(measured.attacks) <= {"200", "400", "429", "503"}
