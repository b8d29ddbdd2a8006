"""What is done where the exact or usual way would take hours: sampling with a bound, and kernels for large graphs."""
