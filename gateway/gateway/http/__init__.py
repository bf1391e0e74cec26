"""What every request goes through, whether it asks for a page or for data."""
