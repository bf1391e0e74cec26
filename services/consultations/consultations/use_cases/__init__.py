"""One short function per intention. Each opens its transaction and does everything in it, or nothing."""
