"""``python -m litgraph``: the command line."""

from litgraph.cli import main

main(prog_name="litgraph")
