"""The real servers that the tests talk to, and what they need of the machine."""
