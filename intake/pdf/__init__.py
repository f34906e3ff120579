"""PDF files with a layer of text, by pdfplumber."""
