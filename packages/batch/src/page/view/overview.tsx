import { useMemo } from 'preact/hooks';
import { formatCount, formatDuration, formatShare } from './format.js';
import { HeldBanner } from './held-banner.js';
import { JobTimes } from './job-times.js';
import { Money } from './money.js';
import { Pace } from './pace.js';
import type { Content, Controls } from './page-state.js';
import { barOrder, settledStates, stateMeanings } from './state-meanings.js';
import { Workers } from './workers.js';

/** How far a batch is, at a glance: the bar of its states, and a card for each kind of figure. */
export function Overview({ content, controls }: { content: Content; controls?: Controls }) {
  const { counts, pace } = content;
  const total = barOrder.reduce((sum, state) => sum + counts[state], 0);
  const settled = settledStates.reduce((sum, state) => sum + counts[state], 0);
  const left = total - settled;
  const seconds = pace.recent > 0 ? (left * pace.recentSeconds) / pace.recent : undefined;
  const states = useMemo(() => barOrder.filter((state) => counts[state] > 0), [counts]);
  return (
    <>
      {content.head.held && <HeldBanner held={content.head.held} {...(controls && { controls })} />}
      <section class="hero" aria-labelledby="progress-heading">
        <h2 id="progress-heading" class="unseen">
          Progress
        </h2>
        <p class="share">
          <b>{total === 0 ? '0 %' : formatShare(settled, total)}</b>{' '}
          <span>
            {formatCount(settled)} of {formatCount(total)} settled
          </span>
        </p>
        <p class="left">{content.head.held ? 'Held' : timeLeft(left, seconds)}</p>
        <div
          class="bar"
          role="progressbar"
          aria-label="Settled items"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={settled}
          aria-valuetext={`${formatCount(settled)} of ${formatCount(total)}`}
        >
          {states.map((state) => (
            <i key={state} data-state={state} style={{ flexGrow: counts[state] / total }} />
          ))}
        </div>
        <ul class="states" aria-label="Items by state">
          {barOrder.map((state) => {
            const text = (
              <>
                <i class="dot" />
                {state} <b>{formatCount(counts[state])}</b>
              </>
            );
            return (
              <li key={state} data-state={state} data-none={counts[state] === 0}>
                {controls ? (
                  <button
                    type="button"
                    class="state"
                    title={`${stateMeanings[state]} List them.`}
                    onClick={() => controls.list({ state })}
                  >
                    {text}
                  </button>
                ) : (
                  <span class="state" title={stateMeanings[state]}>
                    {text}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </section>
      <div class="cards">
        <Money money={content.money} />
        <Pace pace={pace} times={content.times} />
        <JobTimes times={content.times} />
        <Workers workers={content.workers} />
      </div>
    </>
  );
}

function timeLeft(left: number, seconds: number | undefined): string {
  if (left === 0) return 'All settled';
  if (seconds === undefined) return 'Nothing settled in the last ten minutes';
  return `About ${formatDuration(Math.max(1, seconds))} left`;
}
