"""The look of the one page: A4, black on white, hairlines, type of 8 points at least, no scripts."""

PAGE_STYLE = """
@page { size: A4; margin: 9mm 12mm; }
* { box-sizing: border-box; }
body { font: 11.4px/1.3 "Source Sans 3", "Source Sans Pro", "Liberation Sans", Helvetica, Arial, sans-serif;
  color: #1B1F27; max-width: 186mm; margin: 0 auto; font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
h1 { font-size: 20px; line-height: 1.15; margin: 0; display: -webkit-box; -webkit-line-clamp: 2;
  -webkit-box-orient: vertical; overflow: hidden; }
h2 { font-size: 13px; margin: 0 0 2px; }
p, figure { margin: 0 0 3px; }
header { border-bottom: 1.5px solid #1B1F27; padding-bottom: 3px; margin-bottom: 6px; color: #565E6B; }
header h1 { color: #1B1F27; }
.marking { text-align: right; font-weight: bold; letter-spacing: .05em; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; }
.answer { border: 1px solid #BFE0DB; background: #F3FAF9; border-radius: 6px; padding: 6px 10px; margin-bottom: 7px; }
.answer .said { font-size: 14.5px; line-height: 1.28; }
.answer .confidence { border-top: 1px solid #BFE0DB; padding-top: 3px; margin: 3px 0 0; }
.answer strong, .whole { white-space: nowrap; }
.denial { color: #00857A; } .punishment { color: #A8320F; } .norms { color: #5A2E8C; }
section { margin-bottom: 6px; break-inside: avoid; }
.two { display: flex; gap: 6mm; }
.two > section { flex: 1 1 0; min-width: 0; }
figcaption { margin-bottom: 2px; }
.beliefs figcaption { font-weight: 600; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
td, th { padding: 0 4px 0 0; text-align: left; font-weight: normal; vertical-align: middle; }
svg { display: block; }
.strips td, .steps td { height: 15px; line-height: 1.2; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; }
.strips .name { width: auto; } .strips .p { width: 36px; font-weight: 600; } .strips .range { width: 58px; }
.strips .line { width: 122px; }
.strips tr.rest td { color: #3F4650; }
.steps .name { text-align: right; } .steps .line { width: 138px; } .steps .weight { width: 42px; }
.quiet, th { color: #565E6B; }
.costs table { margin-top: 2px; } .costs tbody tr { border-top: 1px solid #D5D9DF; }
.costs th { vertical-align: bottom; font-size: 10.7px; }
.costs td { height: 33px; line-height: 1.25; }
.costs .rank { width: 20px; } .costs .name { width: auto; } .costs .cost { width: 106px; }
.costs .plot { width: 228px; } .costs .extra { width: 112px; } .costs .often { width: 62px; }
.costs tr.axis td { height: 14px; border-top: 0; }
.costs strong svg { display: inline-block; vertical-align: -1px; margin-right: 3px; }
.costs .clip { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden;
  font-size: 10.7px; line-height: 1.15; }
.costs tr.first { background: #F3FAF9; }
.scale { position: relative; height: 13px; width: 222px; font-size: 10.7px; color: #565E6B; }
.scale span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.scale .same { color: #1B1F27; font-weight: bold; }
ul { margin: 0; padding-left: 13px; }
li { margin: 0 0 2px; }
footer { border-top: 1.5px solid #1B1F27; padding-top: 3px; color: #565E6B; font-size: 10.7px; line-height: 1.25; }
footer p { margin: 0 0 1px; }
@media screen { body { padding: 8mm 5mm; } }
@media screen and (max-width: 700px) { .two { display: block; } section { overflow-x: auto; } }
"""
