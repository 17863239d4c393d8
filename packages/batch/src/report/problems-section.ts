import { counted, formatCount } from './format.js';
import { type Html, html, quoted } from './html.js';
import type { ProblemGroup, ProblemItem } from './read-problems.js';
import type { Totals } from './read-totals.js';
import { stateWords } from './state-words.js';

/** The items that failed, with their reasons and the command that tries them again. */
export function failuresSection(
  { counts: { byState } }: Totals,
  problems: readonly ProblemGroup[],
  retryCommand: string | undefined,
): Html | undefined {
  const total = byState.failed + byState['partially-failed'];
  if (total === 0) return undefined;
  const retry =
    byState.failed > 0 &&
    retryCommand !== undefined &&
    html`
<p>Failed items are tried again, as new jobs that are paid for, with:</p>
<div class="command"><pre id="retry-command" tabindex="0"><code>${retryCommand}</code></pre><button type="button" data-copies="retry-command" hidden>Copy</button><output></output></div>`;
  return html`<section aria-labelledby="failures">
<h2 id="failures">${counted(total, 'failure')}</h2>${retry}
${(['failed', 'partially-failed'] as const).map((state) => groupList(state, byState[state], problems))}
</section>`;
}

/** The items that wait for a person. */
export function attentionSection(
  { counts: { byState } }: Totals,
  problems: readonly ProblemGroup[],
): Html | undefined {
  const states = (['ambiguous', 'submitted', 'rendered'] as const).filter((state) =>
    problems.some((group) => group.state === state),
  );
  if (states.length === 0) return undefined;
  return html`<section aria-labelledby="attention">
<h2 id="attention">Items that need a look</h2>
${states.map((state) => groupList(state, state === 'ambiguous' ? byState[state] : undefined, problems))}
</section>`;
}

/** @param total how many items there are of the state, where all of them are meant. */
function groupList(
  state: ProblemGroup['state'],
  total: number | undefined,
  problems: readonly ProblemGroup[],
): Html | undefined {
  const groups = problems.filter((group) => group.state === state);
  const [{ groups: allGroups } = { groups: 0 }] = groups;
  if (groups.length === 0) return undefined;
  const hidden = allGroups - groups.length;
  const { name, meaning } = stateWords[state];
  return html`<h3 data-state="${state}">${name}${total !== undefined && `: ${formatCount(total)}`} <small>${state === 'submitted' ? 'With an error; the job is with the API.' : state === 'rendered' ? 'With an error; its files are not delivered yet.' : meaning}</small></h3>
<ul class="groups">
${groups.map(problemGroup)}</ul>${
    hidden > 0 &&
    html`
<p class="more">and ${counted(hidden, 'other reason')}, each of which fewer items have or as many</p>`
  }`;
}

function problemGroup({ code, message, items, examples }: ProblemGroup): Html {
  const more = items - examples.length;
  return html`<li>
<p class="reason"><b class="count">${formatCount(items)}</b> ${code !== '' && html`<code>${quoted(code)}</code> `}<span>${message === '' ? 'No reason was recorded.' : quoted(message, 1000)}</span></p>
<details${items === 1 && html` open`}><summary>${items === 1 ? 'Its item' : 'Their items'}</summary>
<ul class="keys">${examples.map(problemItem)}${more > 0 && html`<li class="more">and ${formatCount(more)} more</li>`}</ul></details>
</li>
`;
}

function problemItem({ key, source, line, taskUUID }: ProblemItem): Html {
  return html`<li><code>${quoted(key)}</code> <small>line ${formatCount(line)} of ${quoted(source, 100)}, task ${taskUUID}</small></li>`;
}
