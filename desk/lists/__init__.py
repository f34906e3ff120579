"""The list of tasks: its lines, what narrows and orders it, and how it leaves; nothing here knows a page."""
