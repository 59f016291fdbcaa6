"""Foreign tables to a proposed mapping, from their headers and values, for the user to correct.

`proposals` writes the whole. `tables` holds what is understood of a table, and `understanding` finds it out: by `words`
in headers, by columns that name companies (`firms`), by `keys` that lead from table to table. `drafting` writes what a
row states, with how its cells are written (`writing`); `edges` does so for a table of edges, `crosstabs` for one with a
column for each country or year.
"""
