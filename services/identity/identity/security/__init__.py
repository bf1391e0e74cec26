"""Keys and what is made with them: hashed passwords, sealed attributes, signed and derived tokens."""
