"""Compiled loops of the recovery simulation: arrays in, arrays out."""
