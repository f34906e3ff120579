"""Excel files by openpyxl: merges, hidden rows and columns, and numbers and dates as a person sees them."""
