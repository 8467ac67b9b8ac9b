"""Identity that grows: a kept state is changed by what comes and goes, and equals resolving everything at once."""

from pobratim.resolve.growing.growth import Growth
from pobratim.resolve.growing.update import is_current, update
from pobratim.resolve.growing.world import Told

__all__ = ["Growth", "Told", "is_current", "update"]
