"""3: graphs to numbers."""
