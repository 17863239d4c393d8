import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AsJson } from '../page-content.js';
import type { ShownLife } from '../read-life.js';
import { askLife, resultUrl } from './connection.js';
import { formatCost, formatTime } from './format.js';
import { ItemActions } from './item-actions.js';
import { LifeLine } from './life-line.js';
import type { Content, Controls } from './page-state.js';
import { Quoted } from './quoted.js';
import { stateMeanings } from './state-meanings.js';
import { useReread } from './use-reread.js';
import { Video } from './video.js';

/** The life of one item: where it stands, what happened to it, its files, and what can be done. */
export function ItemDetail({
  itemKey,
  content,
  acted,
  onClose,
  controls,
}: {
  itemKey: string | undefined;
  /** Its counts are a new object when something in the batch has changed. */
  content: Content;
  acted: number;
  onClose(): void;
  controls: Controls;
}) {
  const [life, setLife] = useState<AsJson<ShownLife>>();
  const [problem, setProblem] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = useRef(itemKey);
  wanted.current = itemKey;

  const read = async (key: string) => {
    try {
      const answer = await askLife(key);
      if (wanted.current !== key) return;
      setLife(answer);
      setProblem('');
    } catch (error) {
      if (wanted.current === key) setProblem((error as Error).message);
    }
  };
  useEffect(() => {
    setLife(undefined);
    setProblem('');
    if (itemKey === undefined) return;
    heading.current?.focus();
    void read(itemKey);
  }, [itemKey]);
  useReread([content.counts, acted], async () => {
    if (wanted.current !== undefined) await read(wanted.current);
  });

  if (itemKey === undefined) {
    return (
      <section class="panel detail none" aria-label="Item">
        <p class="note">Choose an item to see its life.</p>
      </section>
    );
  }
  return (
    <section class="panel detail" aria-labelledby="detail-heading" data-state={life?.item.state}>
      <div class="detail-head">
        <h2 id="detail-heading" ref={heading} tabIndex={-1}>
          <Quoted text={itemKey} />
        </h2>
        <button type="button" class="round" aria-label="Close the item" onClick={onClose}>
          ×
        </button>
      </div>
      {problem !== '' && <p class="warning">{problem}</p>}
      {life && <Life life={life} workers={content.workers} controls={controls} />}
    </section>
  );
}

function Life({
  life,
  workers,
  controls,
}: {
  life: AsJson<ShownLife>;
  workers: Content['workers'];
  controls: Controls;
}) {
  const { item } = life;
  const { state, error, files } = item;
  return (
    <>
      <p class="stands">
        <b>
          <i class="dot" />
          {state}
        </b>{' '}
        <small>{stateMeanings[state]}</small>
      </p>
      {error && (
        <p class="reason">
          <code>
            <Quoted text={error.code} />
          </code>{' '}
          <Quoted text={error.message} longest={2000} />
        </p>
      )}
      <ItemActions item={item} controls={controls} />
      <LifeLine life={life} workers={workers} />
      {files.map(({ name, bytes }, index) => (
        <figure key={name}>
          <Video url={resultUrl(item.id, index)} label={`Result of ${item.key}: ${name}`} />
          <figcaption>
            <a href={resultUrl(item.id, index)} target="_blank" rel="noopener noreferrer">
              <Quoted text={name} />
            </a>{' '}
            <span>{(bytes / 1e6).toFixed(1)} MB</span>
          </figcaption>
        </figure>
      ))}
      <dl class="facts">
        <Fact name="From">
          line {item.line} of <Quoted text={item.source} longest={100} />
        </Fact>
        {item.media.map(({ pointer, path }) => (
          <Fact key={pointer} name={pointer.slice(1).replaceAll('/', '.')}>
            <Quoted text={path ?? 'not known'} longest={500} />
          </Fact>
        ))}
        <Fact name="Task">
          <code>{item.taskUUID}</code>
        </Fact>
        <Fact name="Cost">{cost(item.actualCost)}</Fact>
        <Fact name="Estimate">{cost(item.estimatedCost)}</Fact>
        <Fact name="Retries">{item.retries}</Fact>
        <Fact name="Priority">{item.priority}</Fact>
        <Fact name="Output">
          <Quoted text={(item.outputs ?? [item.output]).join(', ')} />
        </Fact>
        <Fact name="Last change">{formatTime(new Date(item.updatedAt))}</Fact>
      </dl>
      <details>
        <summary>Parameters</summary>
        <pre>{JSON.stringify(item.parameters, null, 2)}</pre>
      </details>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="key">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function cost(value: number | null): string {
  return value === null ? 'not known' : formatCost(value);
}
