"""Demo data, and a purchase that shows how the shop works."""
