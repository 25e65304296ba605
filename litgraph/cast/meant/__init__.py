"""Whom every mention means: names, pronouns and noun phrases, told and in speech."""
