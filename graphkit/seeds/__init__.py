"""Files to records: read (`sheets`), check (`checking`), and look at the whole with a critical eye (`review`)."""
