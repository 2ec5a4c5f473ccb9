"""Measurements against something real, in one run; ``make bench`` prints them as tables."""
