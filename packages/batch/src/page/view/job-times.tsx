import { formatDuration } from './format.js';
import type { Content } from './page-state.js';

/** How long the API takes for a job. */
export function JobTimes({ times: { median, percentile95, longest } }: Pick<Content, 'times'>) {
  return (
    <section class="card" aria-labelledby="times-heading">
      <h2 id="times-heading">Time of a job</h2>
      <p class="figure">
        {duration(median)} {median !== null && <small>median</small>}
      </p>
      <dl>
        <div class="key">
          <dt>95 % take at most</dt>
          <dd>{duration(percentile95)}</dd>
        </div>
        <div class="key">
          <dt>Longest</dt>
          <dd>{duration(longest)}</dd>
        </div>
      </dl>
      <p class="note">From the submit until it is rendered.</p>
    </section>
  );
}

function duration(seconds: number | null): string {
  return seconds === null ? 'not known' : formatDuration(seconds);
}
