"""Files to sheets: what every reader gives is a sheet (`sheets`), columns of cells, each row with its number.

`files` opens a file and hands it to the reader of its kind; `encodings` and `guessing` find out what nobody said.
Tables of text: `delimited`, where they are large `plain` and `blocks`. JSON and YAML: `structured`, out of `objects`.
XLSX and Parquet: `workbooks`; Arrow's columns to cells: `columnar`. `conflicts` finds unfinished merges, `dittos` fills
in what cells leave to the one above, `quarantined` knows files of rows that were put aside.
"""
