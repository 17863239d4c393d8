import { formatCost, formatCount, formatTime } from './format.js';
import { type Html, html } from './html.js';
import { progressPlot } from './progress-plot.js';
import type { ProgressPoint } from './read-progress.js';

/** Rows of the table that says what the picture shows. */
const mostRows = 24;

/** The picture of how a batch went on, and the same as a table. */
export function progressSection(points: readonly ProgressPoint[]): Html {
  if (points.length === 0) return section(html`<p>Nothing has settled yet.</p>`);
  return section(html`<ul class="legend">
<li class="settled">Settled items, failed ones among them</li>
<li class="failed">Failed items</li>
<li class="cost">Cost, as far as known</li>
</ul>
<div class="wide" role="group" tabindex="0" aria-label="Picture of the progress">${progressPlot(points)}</div>
<details>
<summary>The same as a table</summary>
<table>
<thead><tr><th scope="col">Until</th><th scope="col" class="number">Settled</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Cost</th></tr></thead>
<tbody>
${evenly(points).map(
  ({ at, settled, failed, cost }) =>
    html`<tr><th scope="row">${formatTime(at)}</th><td class="number">${formatCount(settled)}</td><td class="number">${formatCount(failed)}</td><td class="number">${formatCost(cost)}</td></tr>
`,
)}</tbody>
</table>
</details>`);
}

function section(content: Html): Html {
  return html`<section aria-labelledby="progress">
<h2 id="progress">Progress</h2>
${content}
</section>`;
}

/** Some of the points, with the first and the last. */
function evenly(points: readonly ProgressPoint[]): readonly ProgressPoint[] {
  if (points.length <= mostRows) return points;
  const stride = (points.length - 1) / (mostRows - 1);
  return Array.from(
    { length: mostRows },
    (_, index) => points[Math.round(index * stride)] as ProgressPoint,
  );
}
