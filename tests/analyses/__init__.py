"""Tests of the analyses, on small networks written down as claims."""
