import { itemStates } from '../ledger/item-state.js';
import { counted, formatCost, formatCount, formatDuration, formatRate } from './format.js';
import { type Html, html } from './html.js';
import type { Totals } from './read-totals.js';
import { stateWords } from './state-words.js';

/** How many items are where, what they cost and how fast they are. */
export function totalsSection(totals: Totals): Html {
  const { counts, itemsWithCost, openCost, openItems, itemsWithoutEstimate } = totals;
  const { total, byState } = counts;
  const withoutEstimate =
    itemsWithoutEstimate > 0 &&
    html`
<div><dt>Without cost or estimate</dt><dd>${counted(itemsWithoutEstimate, 'item')}</dd></div>`;
  return html`<section aria-labelledby="items">
<h2 id="items">Items</h2>
<table>
<thead><tr><th scope="col">State</th><th scope="col" class="number">Items</th><th scope="col" class="number">Share</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${itemStates.map(
  (state) =>
    html`<tr${byState[state] > 0 && html` data-state="${state}"`}><th scope="row">${stateWords[state].name}</th><td class="number">${formatCount(byState[state])}</td><td class="number">${share(byState[state], total)}</td><td>${stateWords[state].meaning}</td></tr>
`,
)}</tbody>
<tfoot><tr><th scope="row">All</th><td class="number">${formatCount(total)}</td><td></td><td></td></tr></tfoot>
</table>
</section>
<section aria-labelledby="figures">
<h2 id="figures">Cost and time</h2>
<dl class="figures">
<div><dt>Cost so far</dt><dd>${formatCost(counts.actualCost)} <small>of ${counted(itemsWithCost, 'item')}</small></dd></div>
<div><dt>Still to come, estimated</dt><dd>${formatCost(openCost)} <small>of ${counted(openItems, 'item')}</small></dd></div>${withoutEstimate}
<div><dt>Time per clip, median</dt><dd>${duration(totals.median)}</dd></div>
<div><dt>Time of 95 % of clips, at most</dt><dd>${duration(totals.percentile95)}</dd></div>
<div><dt>Longest time of a clip</dt><dd>${duration(totals.longest)}</dd></div>
<div><dt>Throughput</dt><dd>${throughput(totals)}</dd></div>
</dl>
</section>`;
}

function share(count: number, total: number): string {
  if (count === 0) return '';
  const percent = (100 * count) / total;
  // Rounded, a single item of many would look like none, and all but one like all.
  if (percent < 0.1) return '< 0.1 %';
  if (percent > 99.9 && percent < 100) return '> 99.9 %';
  return `${percent.toFixed(1)} %`;
}

function duration(seconds: number | null): string {
  return seconds === null ? 'not known' : formatDuration(seconds);
}

function throughput({ finished, firstSubmit, lastSettled }: Totals): Html {
  const ms = firstSubmit && lastSettled ? lastSettled.getTime() - firstSubmit.getTime() : 0;
  if (finished === 0 || ms <= 0) return html`not known`;
  return html`${formatRate((finished * 3_600_000) / ms)} clips per hour <small>in ${formatDuration(ms / 1000)}, pauses included</small>`;
}
