"""What messages carry, made when they leave and named by a short reference."""
