import { CopyCommand } from './copy-command.js';
import { counted, formatCount } from './format.js';
import type { Content, Controls } from './page-state.js';
import { Quoted } from './quoted.js';
import { stateMeanings } from './state-meanings.js';

type Group = Content['problems'][number];

const states = ['failed', 'partially-failed', 'ambiguous', 'rendered', 'submitted'] as const;

/** What went wrong, by the code and the message of the error. */
export function Problems({
  content: { problems, counts },
  controls,
  retryCommand,
}: {
  content: Pick<Content, 'problems' | 'counts'>;
  controls?: Controls;
  retryCommand?: string | null;
}) {
  if (problems.length === 0) return null;
  const total = counts.failed + counts['partially-failed'];
  return (
    <section class="panel" aria-labelledby="problems-heading">
      <h2 class="panel-heading" id="problems-heading">
        {total > 0 ? counted(total, 'failure') : 'Items that need a look'}
      </h2>
      {problems.some(({ state, canRetry }) => state === 'failed' && canRetry) && retryCommand && (
        <CopyCommand
          label="Failed items are tried again, as new jobs that are paid for, with:"
          command={retryCommand}
        />
      )}
      {states.map((state) => {
        const groups = problems.filter((group) => group.state === state);
        const [first] = groups;
        if (!first) return null;
        const hidden = first.groups - groups.length;
        return (
          <div key={state} data-state={state}>
            <h3>
              <i class="dot" />
              {state} <small>{stateMeanings[state]}</small>
            </h3>
            <ul class="groups">
              {groups.map((group) => (
                <ProblemGroup
                  key={`${group.code} ${group.message}`}
                  group={group}
                  controls={controls}
                />
              ))}
            </ul>
            {hidden > 0 && <p class="note">and {counted(hidden, 'other reason')}, each rarer</p>}
          </div>
        );
      })}
    </section>
  );
}

function ProblemGroup({ group, controls }: { group: Group; controls: Controls | undefined }) {
  const { state, code, message, items, canRetry, examples } = group;
  const more = items - examples.length;
  return (
    <li>
      <b class="count">{formatCount(items)}</b>
      <div class="reason">
        <p>
          {code !== '' && (
            <code>
              <Quoted text={code} />
            </code>
          )}{' '}
          <span>
            {message === '' ? 'No reason was recorded.' : <Quoted text={message} longest={1000} />}
          </span>
        </p>
        {controls ? (
          <p class="buttons">
            <button type="button" onClick={() => controls.list({ state, code })}>
              Show {counted(items, 'item')}
            </button>
            {state === 'failed' && code !== '' && canRetry && (
              <button
                type="button"
                onClick={() => controls.act({ action: 'retry', code, count: items })}
              >
                Retry all with this code
              </button>
            )}
          </p>
        ) : (
          <details open={items === 1}>
            <summary>{items === 1 ? 'Its item' : 'Their items'}</summary>
            <ul class="keys">
              {examples.map(({ key, source, line, taskUUID }) => (
                <li key={key}>
                  <code>
                    <Quoted text={key} />
                  </code>{' '}
                  <small>
                    line {formatCount(line)} of <Quoted text={source} longest={100} />, task{' '}
                    {taskUUID}
                  </small>
                </li>
              ))}
              {more > 0 && <li class="note">and {formatCount(more)} more</li>}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}
