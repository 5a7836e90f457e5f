"""Numbers that the README gives, measured."""
