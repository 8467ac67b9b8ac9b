"""Measurements: ratios of two ways of doing one thing, side by side in one run. ``python -m bench``."""
