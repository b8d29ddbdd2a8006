"""What the tables say about time: periods, first acts of authorities, the record as it stood, closures, changes."""
