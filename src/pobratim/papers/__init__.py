"""Papers to take away: what stands in one, and how it is set in Word."""
