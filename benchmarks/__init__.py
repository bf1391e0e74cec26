"""Measures, side by side in one run; nothing here asserts a time. ``make bench`` writes docs/performance.md."""
