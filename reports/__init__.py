"""What leaders read: figures first, then what is drawn, written, tabulated and archived from them."""
