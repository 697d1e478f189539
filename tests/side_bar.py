"""What the side bar itself asks the database on every page, for a reader for whom nothing waits, by role."""

QUERIES = 6
RELEASE_ENGINEER = QUERIES + 3
CLIENT_SERVICES = QUERIES + 6
ADMINISTRATOR = CLIENT_SERVICES + 4
