"""The look of the printed page: A4, black on white, hairlines, no scripts."""

STYLE = """
@page { size: A4; margin: 9mm 12mm; }
* { box-sizing: border-box; }
body { font: 10px/1.34 "Source Sans 3", "Source Sans Pro", "Liberation Sans", Helvetica, Arial, sans-serif;
  color: #1B1F27; max-width: 190mm; margin: 0 auto; padding: 0; font-variant-numeric: tabular-nums; }
h1 { font-size: 19px; margin: 0 0 1px; }
h2 { font-size: 12px; margin: 0 0 3px; }
p { margin: 0 0 3px; }
header { border-bottom: 1.5px solid #1B1F27; padding-bottom: 3px; margin-bottom: 7px; color: #565E6B; }
header h1 { color: #1B1F27; }
.marking { text-align: right; font-weight: bold; letter-spacing: .05em; }
.answer { border: 1px solid #BFE0DB; background: #F3FAF9; border-radius: 5px; padding: 7px 10px; margin-bottom: 8px;
  font-size: 12px; }
.answer .confidence { font-size: 10.5px; border-top: 1px solid #BFE0DB; padding-top: 4px; margin: 4px 0 0; }
section { margin-bottom: 7px; break-inside: avoid; }
.beliefs, .moved { display: inline-block; width: 49%; vertical-align: top; padding-right: 3mm; }
.moved { padding-right: 0; }
figure { margin: 2px 0 4px; }
figcaption { font-weight: 600; }
figure svg { max-width: 100%; height: auto; display: block; }
table { border-collapse: collapse; width: 100%; font-size: 9.2px; }
th { text-align: left; font-weight: normal; color: #565E6B; border-bottom: 1px solid #9DA5B0; padding: 2px 4px 2px 0;
  vertical-align: bottom; }
td { border-bottom: 1px solid #E3E6EB; padding: 1px 4px 1px 0; vertical-align: top; }
td.number, th.number, .whole { white-space: nowrap; }
.note { color: #3F4650; }
footer { border-top: 1.5px solid #1B1F27; padding-top: 4px; color: #565E6B; font-size: 9px; }
@media screen { body { padding: 8mm 5mm; font-size: 12px; } table { font-size: 11px; } footer { font-size: 10.5px; } }
@media screen and (max-width: 700px) { .beliefs, .moved { width: 100%; } section { overflow-x: auto; } }
"""
