"""What `make` calls. Standard library only: it must work before anything is installed."""
