"""Pictures of what :mod:`litgraph.analysis` counts."""
