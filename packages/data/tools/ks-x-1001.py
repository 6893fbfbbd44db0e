"""Prints the 2,350 Hangul syllables of KS X 1001, rows 16 to 40, in the order of the standard.

    python3 packages/data/tools/ks-x-1001.py

Its output is the value of `ksX1001` in packages/data/src/hangul/syllable-table.json.
"""
rows = range(0xB0, 0xC9)
cells = range(0xA1, 0xFF)
print("".join(bytes([row, cell]).decode("euc_kr") for row in rows for cell in cells))
