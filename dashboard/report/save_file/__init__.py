"""The briefing as the save file: what is attached to it, read back, verified and compared."""
