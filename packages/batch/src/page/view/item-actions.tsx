import type { AsJson } from '../page-content.js';
import type { ItemLife } from '../read-life.js';
import type { Controls } from './page-state.js';

/** The actions that make sense in the state of an item. */
export function ItemActions({
  item: { key, state },
  controls,
}: {
  item: AsJson<ItemLife>['item'];
  controls: Controls;
}) {
  const keys = [key];
  const isUnderWay = state === 'submitting' || state === 'submitted' || state === 'ambiguous';
  if (state === 'succeeded' || state === 'partially-failed') return null;
  return (
    <p class="buttons">
      {state === 'failed' && (
        <button type="button" onClick={() => controls.act({ action: 'retry', keys })}>
          Retry
        </button>
      )}
      {state === 'planned' && (
        <>
          <button
            type="button"
            onClick={() => controls.act({ action: 'priority', keys, priority: 1 })}
          >
            Do it first
          </button>
          <button type="button" onClick={() => controls.act({ action: 'drop', keys })}>
            Drop
          </button>
        </>
      )}
      {isUnderWay && (
        <button type="button" onClick={() => controls.act({ action: 'cancel', keys })}>
          Cancel
        </button>
      )}
    </p>
  );
}
