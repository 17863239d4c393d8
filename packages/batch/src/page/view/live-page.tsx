import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageData } from '../page-content.js';
import { ConfirmDialog } from './confirm-dialog.js';
import {
  type ConnectionState,
  follow,
  type ListFilter,
  resultUrl,
  sendAction,
} from './connection.js';
import { ItemDetail } from './item-detail.js';
import { ItemList } from './item-list.js';
import { LiveHeader } from './live-header.js';
import { Overview } from './overview.js';
import type { ActionRequest, Content, Controls } from './page-state.js';
import { Problems } from './problems.js';
import { ProgressPlot } from './progress-plot.js';
import { Results } from './results.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';
import { toldOf } from './told-of.js';

/** The page of a batch that goes on: it follows its server, and acts. */
export function LivePage({ batch, token }: Extract<PageData, { kind: 'live' }>) {
  const [content, setContent] = useState<Partial<Content>>({});
  const [connection, setConnection] = useState<ConnectionState>({ kind: 'connecting' });
  const [filter, setFilter] = useState<ListFilter>({});
  const [openKey, setOpenKey] = useState<string>();
  const [asked, ask] = useState<ActionRequest>();
  const [isHelp, setHelp] = useState(false);
  const [told, tell] = useState('');
  /** One more at each action, so that lists and lives are read again. */
  const [acted, setActed] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);

  useEffect(
    () => follow((changes) => setContent((known) => ({ ...known, ...changes })), setConnection),
    [],
  );

  const carryOut = useCallback(
    async ({ count: _, ...body }: ActionRequest) => {
      ask(undefined);
      try {
        tell(toldOf(body, await sendAction(token, body)));
      } catch (error) {
        tell(`Not done: ${(error as Error).message}`);
      }
      setActed((count) => count + 1);
    },
    [token],
  );
  const controls: Controls = useMemo(
    () => ({
      list(next) {
        setFilter(next);
        list.current?.closest('section')?.scrollIntoView({ block: 'start' });
        list.current?.focus({ preventScroll: true });
      },
      open: setOpenKey,
      act: (request) =>
        request.action === 'priority' || request.action === 'resume'
          ? void carryOut(request)
          : ask(request),
    }),
    [carryOut],
  );
  const close = useCallback(() => {
    setOpenKey(undefined);
    list.current?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || document.querySelector('dialog[open]')) return;
      const isTyping = target instanceof HTMLInputElement;
      if (key === 'Escape') {
        if (openKey !== undefined) close();
        else if (isTyping) list.current?.focus();
      } else if (key === '/' && !isTyping) {
        search.current?.focus();
        event.preventDefault();
      } else if (key === '?' && !isTyping) setHelp(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [openKey, close]);

  const all = isComplete(content) ? content : undefined;
  return (
    <>
      <a class="skip" href="#items">
        Skip to the items
      </a>
      <LiveHeader
        batch={batch}
        connection={connection}
        head={content.head}
        controls={controls}
        onHelp={() => setHelp(true)}
      />
      <p class="told" role="status">
        {told}
        {told !== '' && (
          <button type="button" class="link" onClick={() => tell('')}>
            Dismiss
          </button>
        )}
      </p>
      <main aria-busy={!all}>
        {all ? (
          <>
            <Overview content={all} controls={controls} />
            <Problems content={all} controls={controls} />
            <div class="columns" data-open={openKey !== undefined}>
              <ItemList
                filter={filter}
                onFilter={setFilter}
                openKey={openKey}
                onOpen={setOpenKey}
                changes={all.counts}
                acted={acted}
                list={list}
                search={search}
                controls={controls}
              />
              <ItemDetail
                itemKey={openKey}
                content={all}
                acted={acted}
                onClose={close}
                controls={controls}
              />
            </div>
            <Results
              results={all.results}
              total={all.times.files}
              urlOf={({ id, number }) => resultUrl(id, number - 1)}
              controls={controls}
            />
            <ProgressPlot points={all.progress} />
          </>
        ) : (
          <p class="note">Reading the ledger…</p>
        )}
      </main>
      {asked && (
        <ConfirmDialog request={asked} onConfirm={carryOut} onCancel={() => ask(undefined)} />
      )}
      {isHelp && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </>
  );
}

const sections = [
  ...['head', 'counts', 'money', 'pace', 'times', 'progress', 'problems', 'workers', 'results'],
] as (keyof Content)[];

function isComplete(content: Partial<Content>): content is Content {
  return sections.every((section) => content[section] !== undefined);
}
