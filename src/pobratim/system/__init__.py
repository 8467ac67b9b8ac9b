"""The machine beneath: locks, syncs and replacements of files, a fence round what nobody foresaw."""
