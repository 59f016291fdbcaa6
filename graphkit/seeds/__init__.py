"""Files to records, in rooms: `reading` (files to sheets), `mapping` (foreign sheets to our own), here the checks.

`checking` makes records of sheets: of nodes (`node_sheets`; those that a mapping makes: `mapped_nodes`, `matching`) and
of claims (`claim_sheets`). Cells are cleaned (`cleaning`), names led to nodes (`resolving`), or nodes made of them
(`made`). `review` looks over what is allowed but odd, `quarantine` sets refused rows apart, `decisions` keeps what was
decided on names. `proposing`, a room of its own, writes the mapping of a foreign table.
"""
