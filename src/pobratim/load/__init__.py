"""The way of documents into the store: plan, read, build, account."""
