"""`python -m recruit.cli` is the command `recruit`."""

from recruit.cli import main

main()
