"""The rules that join names, a module for each kind of name. ``litgraph.cast.joins.order`` lists them in their order.

A rule for a name takes the name and the people of the book; it settles the name, or returns False and leaves it as it
is for the next rule.
"""
