"""Pages of sealed votes: what happens in them happens in the visitor's browser (gateway/frontend/booth)."""
