"""Counterweight: weigh policy proposals against criteria, see who leads, why, and how firmly."""

__version__ = "0.1.0"
