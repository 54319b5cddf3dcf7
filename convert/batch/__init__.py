"""Building many issues: what is stale, where tasks run, the journal, the report."""
