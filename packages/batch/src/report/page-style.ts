/** The look of the report, light or dark as the reader's system is. */
export const pageStyle = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14161a);
  --panel: light-dark(#ffffff, #1a1d22);
  --raised: light-dark(#f1f2f5, #23272e);
  --line: light-dark(#e0e3e8, #2d323a);
  --text: light-dark(#1c2026, #e4e7eb);
  --quiet: light-dark(#5c6570, #98a1ad);
  --accent: light-dark(#434fc4, #97a1ff);
  --blue: light-dark(#1f62c4, #7fb2ff);
  --green: light-dark(#1a7a43, #62cf92);
  --red: light-dark(#c02b31, #ff8a88);
  --amber: light-dark(#94600a, #edba5f);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font: 14px / 1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
  color: var(--text);
  background: var(--ground);
}
* { box-sizing: border-box; }
[hidden] { display: none; }
body { max-width: 1080px; margin: 0 auto; padding: 24px 20px 60px; }
h1, h2, h3, p, ul, dl, dd, figure, pre { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: 22px; font-weight: 650; overflow-wrap: anywhere; }
h2 { margin-bottom: 12px; font-size: 16px; font-weight: 650; }
h3 { margin: 18px 0 8px; font-size: 14px; font-weight: 650; color: var(--state, inherit); }
header p, small, .more { color: var(--quiet); overflow-wrap: anywhere; }
small { font-size: 12px; font-weight: 400; }
section { margin-top: 20px; padding: 16px 18px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
code, pre { font-family: var(--mono); font-size: 13px; overflow-wrap: anywhere; }
summary { width: fit-content; cursor: pointer; color: var(--quiet); }
.missing { color: var(--amber); }

[data-state="succeeded"] { --state: var(--green); }
[data-state="submitting"], [data-state="submitted"] { --state: var(--blue); }
[data-state="failed"], [data-state="partially-failed"] { --state: var(--red); }
[data-state="ambiguous"] { --state: var(--amber); }

table { width: 100%; border-collapse: collapse; }
th, td { padding: 5px 12px 5px 0; text-align: left; vertical-align: baseline; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--quiet); font-size: 12px; font-weight: 400; }
th { font-weight: 600; white-space: nowrap; }
tr[data-state] th { color: var(--state, inherit); }
tr td:last-child:not(.number) { color: var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
details table { margin-top: 8px; }

.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 14px 24px; }
.figures dt { font-size: 12px; color: var(--quiet); }
.figures dd { font-size: 18px; font-weight: 600; font-variant-numeric: tabular-nums; }
dd small { display: block; }

.legend { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-bottom: 8px; }
.legend li::before { display: inline-block; width: 26px; margin-right: 8px; vertical-align: 4px; content: ""; border-top: 3px solid var(--stroke); }
.settled { --stroke: var(--green); }
.failed { --stroke: var(--red); }
.cost { --stroke: var(--blue); }
.legend .failed::before { border-top-style: dashed; }
.legend .cost::before { border-top-style: dotted; }
.wide { margin-bottom: 8px; overflow-x: auto; }
svg { display: block; width: 100%; min-width: 640px; height: auto; }
svg text { font-size: 12px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
svg .left { text-anchor: end; }
svg .below { text-anchor: middle; }
svg .grid { stroke: var(--line); }
svg .line { fill: none; stroke: var(--stroke); stroke-width: 2; stroke-linejoin: round; }
svg .failed { stroke-dasharray: 7 3; }
svg .cost { stroke-dasharray: 2 3; }

.command { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 8px 0; }
.command pre { flex: 0 1 auto; padding: 7px 12px; white-space: pre-wrap; background: var(--raised); border-radius: 6px; }
button { min-height: 32px; padding: 4px 14px; font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
button:hover { background: var(--raised); }
.groups > li { padding: 8px 0; border-top: 1px solid var(--line); }
.reason { overflow-wrap: anywhere; }
.reason span { white-space: pre-wrap; }
.count { display: inline-block; min-width: 40px; font-variant-numeric: tabular-nums; }
.groups details { margin-left: 44px; }
.keys { margin-top: 4px; }

.tiles { display: grid; margin-top: 12px; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px; }
.tiles li { min-width: 0; }
video, figure > .missing { display: grid; place-items: center; width: 100%; aspect-ratio: 16 / 9; background: var(--raised); border-radius: 6px; object-fit: contain; }
figure > .missing { border: 1px dashed var(--line); }
figcaption { display: grid; margin-top: 6px; font-size: 13px; overflow-wrap: anywhere; }
figcaption b { font-weight: 600; }
figcaption span { color: var(--quiet); font-variant-numeric: tabular-nums; }
.unplayable figcaption::before { content: "This browser cannot play it."; color: var(--amber); }
`;
