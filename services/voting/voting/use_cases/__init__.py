"""One short function per intention; each owns its transaction and reads as the sentence of the rule."""
