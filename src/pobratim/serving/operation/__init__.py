"""What who runs the server sees: logs, metrics, health."""
