"""Measures the numbers that the README and docs/benchmarks.md give."""
