"""Documents to be signed, made from the office's Word templates."""
