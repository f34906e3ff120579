"""Tables for other programs: workbook, csv, json, a page to print."""
