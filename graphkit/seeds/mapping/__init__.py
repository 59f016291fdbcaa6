"""Foreign sheets to sheets of graphkit's own form, by a mapping file; its keys are those of docs/mapping.md.

`statements` is what a mapping says; `files` reads it, each value in its shape (`shapes`); `applying` makes the sheets.
On the way `headers` finds the columns that are meant, `converting` and `places` read cells as the world writes them,
`measures` takes units and currencies out of them, `disagreeing` tells names that are not those of the keys beside them.
"""
