"""edXML of QCVN 102:2016/BTTTT: written strictly, read tolerantly. Pure: no table, no network."""
