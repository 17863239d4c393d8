import { counted } from './format.js';
import type { Content } from './page-state.js';
import { Quoted } from './quoted.js';

const mostShown = 8;

/** The processes that work on a batch. */
export function Workers({ workers }: Pick<Content, 'workers'>) {
  return (
    <section class="card" aria-labelledby="workers-heading">
      <h2 id="workers-heading">Workers</h2>
      <p class="figure">
        {workers.length} <small>alive</small>
      </p>
      {workers.length === 0 && <p class="note">Nobody works on the batch.</p>}
      <ul class="rows">
        {workers.slice(0, mostShown).map(({ id, host, pid, items }) => (
          <li key={id}>
            <span>
              <Quoted text={host} longest={60} /> <small>process {pid}</small>
            </span>
            <b>{counted(items, 'item')}</b>
          </li>
        ))}
      </ul>
      {workers.length > mostShown && <p class="note">and {workers.length - mostShown} more</p>}
    </section>
  );
}
