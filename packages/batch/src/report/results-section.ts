import { counted, formatCost, formatCount, formatDuration } from './format.js';
import { type Html, html, quoted } from './html.js';
import type { Result } from './read-results.js';
import type { ResultFile } from './result-file.js';

/** A result, and the file that it should be; see `findResult`. */
export interface FoundResult extends Result {
  found: ResultFile | undefined;
}

/**
 * The newest results as tiles. A tile has its video only while it is in view: the script of the page
 * takes the URL from `data-src` and gives it back.
 *
 * @param total all results of the batch.
 */
export function resultsSection(results: readonly FoundResult[], total: number): Html {
  const missing = results.filter(({ found }) => !found?.isThere).length;
  const notes = [
    total > results.length && html`<p>The newest ${formatCount(results.length)} are shown.</p>`,
    missing > 0 &&
      html`<p class="missing">${counted(missing, 'file')} cannot be found in the output folder.</p>`,
  ];
  return html`<section aria-labelledby="results">
<h2 id="results">${counted(total, 'result')}</h2>
${notes}
<ul class="tiles">
${results.map(tile)}</ul>
</section>`;
}

function tile({ key, file, number, of, seconds, cost, found }: FoundResult): Html {
  const which = of > 1 && `${number} of ${of}`;
  const facts = [
    which,
    seconds !== null && formatDuration(seconds),
    cost !== null && `${formatCost(cost)}${of > 1 ? ' together' : ''}`,
  ].filter((fact) => fact !== false);
  const label = `Result ${which ? `${which} ` : ''}of ${key}`;
  const picture = found?.isThere
    ? html`<video muted loop playsinline preload="none" tabindex="0" aria-label="${label}" data-src="${found.url}#t=0.1"></video>`
    : html`<p class="missing">${found ? 'Missing on disk' : 'Not in the output folder'}</p>`;
  const name = quoted(file.name.slice(file.name.lastIndexOf('/') + 1));
  return html`<li><figure>${picture}<figcaption><b>${quoted(key)}</b> <span>${facts.join(' \u00b7 ')}</span> ${found?.isThere ? html`<a href="${found.url}">${name}</a>` : name}</figcaption></figure></li>
`;
}
