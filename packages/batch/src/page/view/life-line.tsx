import type { AsJson } from '../page-content.js';
import type { ShownLife } from '../read-life.js';
import { counted, formatClock, formatDuration } from './format.js';
import type { Content } from './page-state.js';
import { Quoted } from './quoted.js';

/** What happened to an item, in order: as a line whose parts are as long as they took, and as a list. */
export function LifeLine({
  life: { moves, total },
  workers,
}: { life: AsJson<ShownLife> } & Pick<Content, 'workers'>) {
  const spans = moves.map((move, index) => {
    const next = moves[index + 1];
    const ms = next ? Math.max(0, Date.parse(next.at) - Date.parse(move.at)) : undefined;
    const host = workers.find(({ id }) => id === move.workerId)?.host;
    return { ...move, ms, host };
  });
  const whole = spans.reduce((sum, { ms = 0 }) => sum + ms, 0);
  const hidden = total - moves.length;
  return (
    <div class="life">
      {whole > 0 && (
        <div class="lifeline" aria-hidden="true">
          {spans.map(
            ({ state, ms = 0 }, index) =>
              ms > 0 && <i key={index} data-state={state} style={{ flexGrow: ms / whole }} />,
          )}
        </div>
      )}
      <ol>
        {spans.map(({ at, state, host, code, message, ms }, index) => (
          <li key={index} data-state={state}>
            {hidden > 0 && index === Math.floor(moves.length / 2) && (
              <p class="note">… {counted(hidden, 'more step')} …</p>
            )}
            <i class="dot" />
            <b>{state}</b>
            <time dateTime={at} title={at}>
              {formatClock(new Date(at))}
            </time>
            <small>
              {ms !== undefined && `for ${formatDuration(ms / 1000)}`}
              {host !== undefined && (
                <>
                  {' '}
                  on <Quoted text={host} longest={60} />
                </>
              )}
            </small>
            {(code || message) && (
              <p class="reason">
                {code && <code>{code}</code>} {message && <Quoted text={message} longest={1000} />}
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
