"""Domain and rows ⇄ contracts."""
