"""What two periods, two reports or two loads have in common, and what only one of them has: over the flat tables."""
