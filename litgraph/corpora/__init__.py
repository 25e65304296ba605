"""Readers of annotated corpora: LitBank, PDNC, Knuth's networks, the mobility data."""
