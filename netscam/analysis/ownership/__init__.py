"""Ownership: stakes through chains and circles, control, the 50 Percent Rule, signs of shell companies."""
