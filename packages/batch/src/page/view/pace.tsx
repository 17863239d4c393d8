import { formatCount, formatDuration, formatRate } from './format.js';
import type { Content } from './page-state.js';

const height = 44;
const [step, width] = [4, 3];

/** How many jobs settle in a minute: now, minute by minute, and over the whole batch. */
export function Pace({ pace, times }: Pick<Content, 'pace' | 'times'>) {
  const { perMinute, recent, recentSeconds } = pace;
  const most = Math.max(1, ...perMinute);
  const rate = recentSeconds > 0 ? (recent * 60) / recentSeconds : 0;
  const lastHour = perMinute.reduce((sum, count) => sum + count, 0);
  return (
    <section class="card" aria-labelledby="pace-heading">
      <h2 id="pace-heading">Pace</h2>
      <p class="figure">
        {formatRate(rate)} <small>jobs a minute</small>
      </p>
      <svg
        class="bars"
        viewBox={`0 0 ${perMinute.length * step} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Jobs settled in each of the last 60 minutes: ${formatCount(lastHour)} together, ${formatCount(Math.max(...perMinute))} at most`}
      >
        {perMinute.map((count, index) => {
          const size = count === 0 ? 1 : Math.max(2, (count / most) * height);
          return (
            <rect
              class={count === 0 ? 'none' : ''}
              key={index}
              x={index * step}
              y={height - size}
              width={width}
              height={size}
            />
          );
        })}
      </svg>
      <p class="ends" aria-hidden="true">
        <span>1 h ago</span>
        <span>now</span>
      </p>
      <p class="note">{throughput(times)}</p>
    </section>
  );
}

function throughput({ finished, firstSubmit, lastSettled }: Content['times']): string {
  const ms = firstSubmit && lastSettled ? Date.parse(lastSettled) - Date.parse(firstSubmit) : 0;
  if (finished === 0 || ms <= 0) return 'Nothing has come yet.';
  return `${formatRate((finished * 3_600_000) / ms)} clips an hour in ${formatDuration(ms / 1000)}, pauses included`;
}
