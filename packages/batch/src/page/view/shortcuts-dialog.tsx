import { Modal } from './modal.js';

const shortcuts = [
  ['/', 'search the items'],
  ['↑ ↓', 'choose an item in the list; also Page up, Page down, Home, End'],
  ['Enter', 'open the life of the chosen item; start and stop a video'],
  ['r', 'retry the chosen item of the list'],
  ['Escape', 'close what is open, back to the list'],
  ['?', 'this list'],
] as const;

/** What the keys do. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  return (
    <Modal title="Keys" onClose={onClose}>
      <dl class="shortcuts">
        {shortcuts.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="buttons">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Modal>
  );
}
