"""The API for programs: its addresses, its description, and the page that explains it."""
