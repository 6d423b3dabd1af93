"""The drawing office: the pages on which process owners prepare, check, try and publish releases."""
