import { counted } from './format.js';
import { Modal } from './modal.js';
import type { ActionRequest } from './page-state.js';

const questions: Record<ActionRequest['action'], { verb: string; meaning: string }> = {
  pause: {
    verb: 'Pause the batch',
    meaning: 'No worker begins a job until you resume. Jobs under way go on and are delivered.',
  },
  resume: { verb: 'Resume the batch', meaning: 'Workers go on.' },
  retry: { verb: 'Retry', meaning: 'Each is submitted as a new job, which is paid for.' },
  drop: {
    verb: 'Drop',
    meaning:
      'It leaves the ledger with all that is known of it; delivered files stay. The same line, planned again, is a new job.',
  },
  cancel: {
    verb: 'Cancel',
    meaning: 'It fails with the code "cancelled" and is not submitted, unless somebody retries it.',
  },
  priority: { verb: 'Change the priority', meaning: '' },
};

/** Asks before an action that costs something, or cannot be taken back. */
export function ConfirmDialog({
  request,
  onConfirm,
  onCancel,
}: {
  request: ActionRequest;
  onConfirm(request: ActionRequest): void;
  onCancel(): void;
}) {
  const { action, keys, code, count } = request;
  const { verb, meaning } = questions[action];
  const [only] = keys ?? [];
  const items = keys?.length ?? count;
  const what =
    items === undefined ? '' : items === 1 && only ? ` "${only}"` : ` ${counted(items, 'item')}`;
  return (
    <Modal title={`${verb}${what}?`} onClose={onCancel}>
      {code !== undefined && (
        <p>
          All failed items with the code <code>{code}</code>.
        </p>
      )}
      <p>{meaning}</p>
      <p class="buttons">
        <button type="button" class="primary" onClick={() => onConfirm(request)}>
          {verb}
        </button>
        <button type="button" onClick={onCancel}>
          Leave it
        </button>
      </p>
    </Modal>
  );
}
