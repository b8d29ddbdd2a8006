"""``python -m netscam.cli``."""

from netscam.cli import main

main()
