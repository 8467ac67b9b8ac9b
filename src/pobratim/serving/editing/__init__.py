"""Editing over HTTP: signing in, review, reports handed in; nothing of it is there unless the settings name editors."""
