import { formatTime } from './format.js';
import type { Content, Controls } from './page-state.js';
import { Quoted } from './quoted.js';

/** Why no worker begins a job, and the way on. */
export function HeldBanner({ held, controls }: { held: Hold; controls?: Controls }) {
  return (
    <section class="held" aria-label="The batch is held">
      <p>
        <b>{held.reason === 'person' ? 'Paused.' : 'The batch is held.'}</b>{' '}
        {held.code && <code>{held.code}</code>} <Quoted text={held.message} longest={2000} />{' '}
        <small>
          Since <time dateTime={held.at}>{formatTime(new Date(held.at))}</time>; jobs under way go
          on.
        </small>
      </p>
      {controls && (
        <button type="button" class="primary" onClick={() => controls.act({ action: 'resume' })}>
          Resume
        </button>
      )}
    </section>
  );
}

type Hold = NonNullable<Content['head']['held']>;
