"""Identity that grows: a kept state is changed by what comes and goes, and equals resolving everything at once."""

from pobratim.resolve.growing.growth import Growth
from pobratim.resolve.growing.update import identity_edition, is_current, update
from pobratim.resolve.growing.world import Told

__all__ = ["Growth", "Told", "identity_edition", "is_current", "update"]
