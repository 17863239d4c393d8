import type { ConnectionState } from './connection.js';
import type { Content, Controls } from './page-state.js';
import { Quoted } from './quoted.js';
import { Sources } from './sources.js';

const texts = { connecting: 'Connecting', live: 'Live', lost: 'The server does not answer' };

/** The name of the batch, the state of the connection, and what holds the batch up. */
export function LiveHeader({
  batch,
  connection,
  head,
  controls,
  onHelp,
}: {
  batch: string;
  connection: ConnectionState;
  head: Content['head'] | undefined;
  controls: Controls;
  onHelp(): void;
}) {
  const text =
    connection.kind === 'problem'
      ? `The ledger cannot be read: ${connection.message}`
      : texts[connection.kind];
  return (
    <header class="top">
      <h1>
        Batch <Quoted text={batch} />
      </h1>
      <p class="connection" data-connection={connection.kind} role="status">
        <i class="dot" />
        {text}
      </p>
      <p class="buttons">
        {!head?.held && (
          <button type="button" onClick={() => controls.act({ action: 'pause' })}>
            Pause
          </button>
        )}
        <button type="button" class="round" aria-label="Keys" title="Keys (?)" onClick={onHelp}>
          ?
        </button>
      </p>
      {head && <Sources head={head} />}
    </header>
  );
}
