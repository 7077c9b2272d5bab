"""Checks across fields: the registry and, by import, the rules in it."""

from congvu.engines.forms.rules import days, people, values
from congvu.engines.forms.rules.registry import RULES, Broken, Context, fields_of

__all__ = ["RULES", "Broken", "Context", "days", "fields_of", "people", "values"]
