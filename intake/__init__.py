"""Pure: the bytes of an office's own document become a Draft of its plan, with all that is doubted and left out."""
