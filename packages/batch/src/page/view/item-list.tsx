import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { itemStates } from '../../ledger/item-state.js';
import type { ItemRow } from '../item-rows.js';
import type { AsJson } from '../page-content.js';
import { askRows, type ListFilter } from './connection.js';
import { formatCost, formatCount } from './format.js';
import type { Content, Controls } from './page-state.js';
import { Quoted } from './quoted.js';
import { useReread } from './use-reread.js';

type Row = AsJson<ItemRow>;

/** px; the style says the same. */
const rowHeight = 52;
const pageRows = 100;
const pageKeyStep = 8;
/** A search waits for the next key for so long, in ms. */
const typingMs = 250;

/**
 * All items of the batch, in the order of planning: a listbox of which only what is in view is read
 * and drawn, whatever its length.
 */
export function ItemList({
  filter,
  onFilter,
  openKey,
  onOpen,
  changes,
  acted,
  list,
  search,
  controls,
}: {
  filter: ListFilter;
  onFilter(filter: ListFilter): void;
  openKey: string | undefined;
  onOpen(key: string): void;
  /** A new object when something has changed. */
  changes: Content['counts'];
  acted: number;
  list: RefObject<HTMLDivElement | null>;
  search: RefObject<HTMLInputElement | null>;
  controls: Controls;
}) {
  const [scroll, setScroll] = useState({ top: 0, height: 520 });
  const [chosen, choose] = useState(-1);
  const first = Math.max(0, Math.floor(scroll.top / rowHeight) - 5);
  const last = Math.ceil((scroll.top + scroll.height) / rowHeight) + 5;
  const { rowAt, total, problem } = useRows(filter, first, last, changes, acted);

  useEffect(() => {
    choose(-1);
    if (list.current) list.current.scrollTop = 0;
  }, [filter]);
  useEffect(() => {
    const node = list.current;
    if (!node) return;
    const measure = () => setScroll({ top: node.scrollTop, height: node.clientHeight });
    const watcher = new ResizeObserver(measure);
    watcher.observe(node);
    node.addEventListener('scroll', measure, { passive: true });
    return () => {
      watcher.disconnect();
      node.removeEventListener('scroll', measure);
    };
  }, [list]);

  const moveTo = (index: number) => {
    const next = Math.min(Math.max(index, 0), total - 1);
    const node = list.current;
    if (next < 0 || !node) return;
    choose(next);
    const [top, end] = [next * rowHeight, (next + 1) * rowHeight];
    if (top < node.scrollTop) node.scrollTop = top;
    else if (end > node.scrollTop + node.clientHeight) node.scrollTop = end - node.clientHeight;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const targets: Record<string, number> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + pageKeyStep,
      PageUp: chosen - pageKeyStep,
      Home: 0,
      End: total - 1,
    };
    const target = targets[event.key];
    const row = rowAt(chosen);
    if (target !== undefined) moveTo(target);
    else if (event.key === 'Enter' && row) onOpen(row.key);
    else if (event.key === 'r' && row) controls.act({ action: 'retry', keys: [row.key] });
    else return;
    event.preventDefault();
  };

  const shown = Array.from(
    { length: Math.max(0, Math.min(last, total) - first) },
    (_, offset) => first + offset,
  );
  return (
    <section class="panel items" id="items" aria-labelledby="items-heading">
      <h2 class="panel-heading" id="items-heading">
        Items
      </h2>
      <search class="filter">
        <SearchField filter={filter} onFilter={onFilter} field={search} list={list} />
        <label>
          <span class="unseen">State</span>
          <select
            value={filter.state ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const { search: text } = filter;
              onFilter({ ...(value && { state: value }), ...(text && { search: text }) });
            }}
          >
            <option value="">all states</option>
            {itemStates.map((state) => (
              <option key={state} value={state}>
                {state} ({formatCount(changes[state])})
              </option>
            ))}
          </select>
        </label>
        {filter.code !== undefined && (
          <button
            type="button"
            class="chip"
            aria-label={`Code ${filter.code}: show all codes`}
            onClick={() => {
              const { code: _, ...rest } = filter;
              onFilter(rest);
            }}
          >
            <code>{filter.code === '' ? 'no code' : filter.code}</code> ×
          </button>
        )}
        <output>{total === 1 ? '1 item' : `${formatCount(total)} items`}</output>
      </search>
      {problem !== '' && <p class="warning">The items cannot be read: {problem}</p>}
      <div
        ref={list}
        class="list"
        role="listbox"
        tabIndex={0}
        aria-label="Items in the order of planning"
        aria-activedescendant={chosen >= first && chosen < last ? `row-${chosen}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => chosen < 0 && choose(0)}
      >
        <div class="space" role="presentation" style={{ height: `${total * rowHeight}px` }}>
          {shown.map((index) => (
            <Option
              key={index}
              index={index}
              total={total}
              row={rowAt(index)}
              isChosen={index === chosen}
              openKey={openKey}
              onPick={(key) => {
                choose(index);
                onOpen(key);
              }}
            />
          ))}
        </div>
        {total === 0 && problem === '' && <p class="note empty">No item is like that.</p>}
      </div>
    </section>
  );
}

function SearchField({
  filter,
  onFilter,
  field,
  list,
}: {
  filter: ListFilter;
  onFilter(filter: ListFilter): void;
  field: RefObject<HTMLInputElement | null>;
  list: RefObject<HTMLDivElement | null>;
}) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (
    <input
      ref={field}
      type="search"
      placeholder="Search keys"
      aria-label="Search the keys of items"
      aria-keyshortcuts="/"
      autocomplete="off"
      spellcheck={false}
      defaultValue={filter.search ?? ''}
      onInput={({ currentTarget: { value } }) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onFilter({ ...filter, search: value.trim() }), typingMs);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
        list.current?.focus();
        event.preventDefault();
      }}
    />
  );
}

function Option({
  index,
  total,
  row,
  isChosen,
  openKey,
  onPick,
}: {
  index: number;
  total: number;
  row: Row | undefined;
  isChosen: boolean;
  openKey: string | undefined;
  onPick(key: string): void;
}) {
  return (
    // The keys are those of the listbox.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus
    <div
      id={`row-${index}`}
      class="row"
      role="option"
      aria-selected={isChosen}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-state={row?.state}
      data-open={row !== undefined && row.key === openKey}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      onClick={() => row && onPick(row.key)}
    >
      {row && (
        <>
          <span class="row-key">
            <Quoted text={row.key} longest={120} />
          </span>
          <span class="row-state">
            <i class="dot" />
            {row.state}
          </span>
          <span class="row-facts">
            {row.code !== '' && <code>{row.code}</code>} <Quoted text={row.source} longest={60} />:
            {row.line}
            {row.retries > 0 && ` · retried ${row.retries} ×`}
          </span>
          <span class="row-cost">
            {row.cost !== null && `${row.isEstimate ? '≈ ' : ''}${formatCost(row.cost)}`}
          </span>
        </>
      )}
    </div>
  );
}

/** The rows in view, read in pages of a hundred as they are wanted, and again when something changes. */
function useRows(
  filter: ListFilter,
  first: number,
  last: number,
  changes: Content['counts'],
  acted: number,
) {
  const [pages, setPages] = useState<ReadonlyMap<number, Row[]>>(new Map());
  const [total, setTotal] = useState(0);
  const [problem, setProblem] = useState('');
  const latest = useRef({ filter, pages });
  if (latest.current.filter !== filter) latest.current = { filter, pages: new Map() };
  const firstPage = Math.floor(first / pageRows);
  const lastPage = Math.floor(last / pageRows);

  const read = useCallback(
    async (page: number) => {
      try {
        const answer = await askRows(filter, page * pageRows);
        if (latest.current.filter !== filter) return;
        latest.current.pages = new Map(latest.current.pages).set(page, answer.rows);
        setPages(latest.current.pages);
        setTotal(answer.total);
        setProblem('');
      } catch (error) {
        setProblem((error as Error).message);
      }
    },
    [filter],
  );

  useEffect(() => {
    for (let page = firstPage; page <= lastPage; page += 1) {
      const isBehind = page > 0 && page * pageRows >= total;
      if (!latest.current.pages.has(page) && !isBehind) void read(page);
    }
  }, [read, firstPage, lastPage, total]);

  useReread([changes, acted], async () => {
    // What is out of view is read again when it comes into view.
    const inView = [...latest.current.pages].filter(
      ([page]) => page >= firstPage && page <= lastPage,
    );
    latest.current.pages = new Map(inView);
    for (let page = firstPage; page <= lastPage; page += 1) await read(page);
  });

  const rowAt = (index: number): Row | undefined =>
    latest.current.pages.get(Math.floor(index / pageRows))?.[index % pageRows];
  return { rowAt, total, problem };
}
