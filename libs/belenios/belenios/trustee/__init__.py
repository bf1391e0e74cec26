"""A trustee's part of an election, computed on a machine of their own: keys, ceremony, partial decryption (§5, §9)."""
