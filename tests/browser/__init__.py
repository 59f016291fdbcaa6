"""Tests that open the map in a real Chromium."""
