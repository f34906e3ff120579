"""A plan as a sheet that an office edits in its own program, and what it changed there when the sheet comes back."""
