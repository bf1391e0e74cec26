"""What people and events ask of this service: one short function per intention, each owning its transaction."""
