import { ask } from './connection.js';
import { counted, element, existing, setText } from './elements.js';

/** @import { Deviation } from '../../gateway/deviations.js' */
/** @import { MockStats } from '../../stats.js' */

let shown = 0;

/**
 * Shows in what the messages between an application and the API differ from the document: asked for
 * when there are more of them.
 *
 * @param {MockStats} stats
 */
export async function showDeviations({ violations, unknownFields, requests }) {
  const total = violations + unknownFields;
  if (requests === 0 || total === shown) return;
  shown = total;
  /** @type {{ deviations: Deviation[] }} */
  const { deviations } = await ask('violations');
  existing('deviations').hidden = deviations.length === 0;
  setText(
    existing('deviations-summary'),
    `${counted(deviations.length, 'difference')} from the document`,
  );
  existing('deviations-list').replaceChildren(...deviations.map(line));
}

/** @param {Deviation} deviation */
function line({ kind, side, pointer, taskType, message, count }) {
  const where = [side, taskType, pointer || '/'].filter(Boolean).join(' ');
  return element(
    'li',
    { class: 'deviation', 'data-kind': kind },
    element('strong', {}, kind === 'violation' ? 'Breaks the document' : 'Unknown field'),
    ` ${where}: ${message} `,
    element('span', { class: 'deviation-count' }, `${count} ×`),
  );
}
