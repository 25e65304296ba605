"""Labelling by asking a language model: prompts, answers and what they mean, wherever the model runs."""
