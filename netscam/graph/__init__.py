"""2: tables to graphs."""
