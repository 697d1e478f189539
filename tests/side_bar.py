"""What the side bar itself asks the database on every page, for a reader for whom nothing waits."""

QUERIES = 9
