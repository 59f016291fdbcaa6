"""Files of rows that were put aside: what they are called, and which columns they have beside their own."""

__all__ = ["QUARANTINED", "QUARANTINE_COLUMNS", "plain_name"]

QUARANTINED = ".quarantine.csv"
"""What the name of a file of refused rows ends in, behind the name of the file that they come from."""

QUARANTINE_COLUMNS = ("file", "row", "column", "reason", "suggestion")
"""The columns that it has beside those of the file that they come from."""


def plain_name(file: str) -> str:
    """The name of the file that mended rows come from: x.csv.quarantine.csv holds rows of x.csv."""
    return file.removesuffix(QUARANTINED)
