"""What admins and heads decide, most of it in two steps and with a basis."""
