"""The page of a run: written to a file, shown in a notebook, or served, and then it takes corrections."""
