"""Word files: python-docx opens them, the tree below it is walked for all that it drops in silence."""
