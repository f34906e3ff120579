"""The figures, the record of a period, and their words."""
