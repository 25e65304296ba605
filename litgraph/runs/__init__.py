"""The run folder: what a run has found, in files that can be read, corrected and taken up again."""
