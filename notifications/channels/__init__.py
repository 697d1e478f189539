"""The channels, a folder each. A new one is its folder and one line in registry.WAYS."""
