"""Files to records: read (`reading`), led through a mapping (`mapped`), checked (`checking`), looked over (`review`).

What stands between these is a sheet (`sheets`). `proposing` writes the mapping of a foreign table, `quarantine` sets
refused rows apart, `decisions` keeps what was decided on names.
"""
