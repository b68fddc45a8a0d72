"""Makes the subset for share pictures; see README.md beside it."""
import io
import sys

import brotli
from fontTools import subset
from fontTools.ttLib import TTFont

NAME = "Story Home Share"  # The licence reserves the original's name.
RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x203F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FE), (0x2460, 0x24FF),
    (0x25A0, 0x266F), (0x3000, 0x301F), (0x3131, 0x318E), (0xAC00, 0xD7A3), (0xFF01, 0xFF5E),
]

font = TTFont(sys.argv[1], recalcTimestamp=False)
options = subset.Options()
options.layout_features = ["kern"]
options.hinting = False
options.notdef_outline = True
options.name_IDs = [0, 5, 13, 14]
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
subsetter.subset(font)
for number, text in ((1, NAME), (2, "Bold"), (4, f"{NAME} Bold"), (6, "StoryHomeShare-Bold")):
    font["name"].setName(text, number, 3, 1, 0x409)
cff = font["CFF "].cff
cff.fontNames = ["StoryHomeShare-Bold"]
top = cff.topDictIndex[0]
top.FullName, top.FamilyName = f"{NAME} Bold", NAME
buffer = io.BytesIO()
font.save(buffer)

data = brotli.compress(buffer.getvalue(), quality=11, lgwin=22)
with open(sys.argv[2], "wb") as file:
    file.write(data)
