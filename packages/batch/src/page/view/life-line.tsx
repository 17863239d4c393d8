import type { AsJson } from '../page-content.js';
import type { Move } from '../read-life.js';
import { counted, formatClock, formatDuration } from './format.js';
import { Quoted } from './quoted.js';

/** Longer lives are cut in their middle. */
const mostMoves = 100;

/** What happened to an item, in order: as a line whose parts are as long as they took, and as a list. */
export function LifeLine({ moves }: { moves: AsJson<Move>[] }) {
  const spans = moves.map((move, index) => {
    const next = moves[index + 1];
    const ms = next ? Math.max(0, Date.parse(next.at) - Date.parse(move.at)) : undefined;
    return { ...move, ms };
  });
  const whole = spans.reduce((sum, { ms = 0 }) => sum + ms, 0);
  const hidden = spans.length - mostMoves;
  const shown =
    hidden > 0 ? [...spans.slice(0, mostMoves / 2), ...spans.slice(-mostMoves / 2)] : spans;
  return (
    <div class="life">
      {whole > 0 && (
        <div class="lifeline" aria-hidden="true">
          {shown.map(
            ({ state, ms = 0 }, index) =>
              ms > 0 && <i key={index} data-state={state} style={{ flexGrow: ms / whole }} />,
          )}
        </div>
      )}
      <ol>
        {shown.map(({ at, state, code, message, ms }, index) => (
          <li key={index} data-state={state}>
            {hidden > 0 && index === mostMoves / 2 && (
              <p class="note">… {counted(hidden, 'more step')} …</p>
            )}
            <i class="dot" />
            <b>{state}</b>
            <time dateTime={at} title={at}>
              {formatClock(new Date(at))}
            </time>
            {ms !== undefined && <small>for {formatDuration(ms / 1000)}</small>}
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
