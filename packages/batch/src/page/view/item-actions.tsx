import type { AsJson } from '../page-content.js';
import type { ShownLife } from '../read-life.js';
import type { ActionRequest, Controls } from './page-state.js';

/** The actions that make sense in the state of an item. */
export function ItemActions({
  item: { key, state, priority, error },
  controls,
}: {
  item: AsJson<ShownLife>['item'];
  controls: Controls;
}) {
  const button = (text: string, request: Omit<ActionRequest, 'keys'>) => (
    <button type="button" onClick={() => controls.act({ ...request, keys: [key] })}>
      {text}
    </button>
  );
  const isWaiting = state === 'planned' || state === 'queued';
  const isSettled = state === 'failed' || state === 'partially-failed' || state === 'succeeded';
  if (!isWaiting && !isSettled) return null;
  return (
    <>
      {state === 'failed' && error?.canRetry === false && (
        <p class="note">A new job fails alike until the cause is mended.</p>
      )}
      <p class="buttons">
        {state === 'failed' && button('Retry', { action: 'retry' })}
        {state === 'planned' &&
          button('Raise priority', { action: 'priority', priority: priority + 1 })}
        {state === 'planned' &&
          button('Lower priority', { action: 'priority', priority: priority - 1 })}
        {isWaiting && button('Cancel', { action: 'cancel' })}
        {button('Drop', { action: 'drop' })}
      </p>
    </>
  );
}
