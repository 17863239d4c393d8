import { ask } from './connection.js';
import { clockTime, duration, element, existing } from './elements.js';
import { renderJson } from './json.js';
import { renderMedia, updateMedia } from './media.js';
import { renderTimeline } from './timeline.js';

/** @import { Finding } from '../../contract/finding.js' */
/** @import { Exchange } from '../../control/journal.js' */
/** @import { TaskView } from '../../control/task-view.js' */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {unknown} data what it is made from; it stays as it is while this does
 * @property {() => HTMLElement} render
 * @property {(node: HTMLElement) => void} [update] instead of rendering it anew
 */
/** @typedef {{ code?: string, message?: string, parameter?: string | string[] }} ApiError */

/** The task or request that is chosen. */
export class TaskDetail {
  #main = existing('detail');
  #id = '';
  #isAsking = false;
  #isStale = false;
  /** Whose parts are shown. */
  #shownId = '';
  /** @type {Map<string, { json: string, node: HTMLElement }>} */
  #parts = new Map();

  /** @param {string} id as the list has it; '' for none */
  async show(id) {
    if (id !== this.#id) {
      this.#id = id;
      this.#main.scrollTop = 0;
    }
    if (id === '') {
      this.#parts.clear();
      this.#shownId = '';
      this.#main.replaceChildren(welcome());
      return;
    }
    // One question at a time, and one more if something has changed meanwhile.
    if (this.#isAsking) {
      this.#isStale = true;
      return;
    }
    this.#isAsking = true;
    try {
      const parts = await partsOf(id);
      if (id === this.#id) this.#replace(id, parts);
    } catch (error) {
      this.#replace(id, [problem(error instanceof Error ? error.message : String(error))]);
    }
    this.#isAsking = false;
    if (this.#isStale || id !== this.#id) {
      this.#isStale = false;
      await this.show(this.#id);
    }
  }

  focus() {
    const heading = this.#main.querySelector('h2');
    (heading ?? this.#main).focus();
  }

  /**
   * Puts in what differs. The rest stays as it is: a video goes on playing.
   *
   * @param {string} id
   * @param {Part[]} parts
   */
  #replace(id, parts) {
    const former = id === this.#shownId ? this.#parts : new Map();
    this.#shownId = id;
    this.#parts = new Map();
    for (const { name, data, render, update } of parts) {
      const json = JSON.stringify(data) ?? '';
      const known = former.get(name);
      const node = known?.node ?? element('section', { class: name }, render());
      if (known && known.json !== json) {
        if (update) update(node);
        else node.replaceChildren(render());
      }
      this.#parts.set(name, { json, node });
    }
    const nodes = [...this.#parts.values()].map(({ node }) => node);
    const isSame =
      nodes.length === this.#main.childElementCount &&
      nodes.every((node, index) => this.#main.children[index] === node);
    if (!isSame) this.#main.replaceChildren(...nodes);
  }
}

/**
 * @param {string} id
 * @returns {Promise<Part[]>}
 */
async function partsOf(id) {
  const [kind, name = ''] = id.split(' ');
  if (kind === 'request') {
    /** @type {{ requests: Exchange[] }} */
    const { requests } = await ask(`requests?id=${encodeURIComponent(name)}`);
    return requests[0] ? partsOfRequest(requests[0]) : [problem(gone)];
  }
  const query = `taskUUID=${encodeURIComponent(name)}`;
  /** @type {[{ tasks: TaskView[] }, { requests: Exchange[] }]} */
  const [{ tasks }, { requests }] = await Promise.all([
    ask(`state?${query}`),
    ask(`requests?${query}`),
  ]);
  return tasks[0] ? partsOfTask(tasks[0], requests) : [problem(gone)];
}

const gone = 'The server does not keep it any more.';

/**
 * @param {TaskView} task
 * @param {Exchange[]} requests
 * @returns {Part[]}
 */
function partsOfTask(
  { taskUUID, state, charges, polls, request, notEmulated, results, timeline, inputs },
  requests,
) {
  const rows = /** @type {import('./media.js').Result[]} */ (results);
  const settled = rows.filter(({ status }) => status !== 'processing').length;
  const accepted = timeline[0]?.at ?? 0;
  const finished = timeline.findLast(({ event }) => event === 'settled')?.at;
  const facts = {
    Accepted: clockTime(accepted),
    Took: state === 'processing' || !finished ? '–' : duration(finished - accepted),
    Results: `${settled} of ${rows.length}`,
    Polls: String(polls),
    Charges: String(charges),
  };
  const findings = requests.flatMap((exchange) => exchange.findings);
  return [
    { name: 'head', data: [state], render: () => head(taskUUID, state, 'Task', taskUUID) },
    { name: 'facts', data: facts, render: () => factList(facts) },
    {
      name: 'player',
      data: [inputs, rows],
      render: () => renderMedia(inputs, rows),
      update: (node) => updateMedia(node, rows),
    },
    {
      name: 'history',
      data: [timeline, requests],
      render: () => titled('Timeline', renderTimeline(timeline, requests, taskUUID)),
    },
    {
      name: 'findings',
      data: findings,
      render: () => titled('What Prism found', findingList(findings)),
    },
    {
      name: 'not-emulated',
      data: notEmulated,
      render: () =>
        notEmulated.length > 0
          ? titled('Accepted, not emulated', pointerList(notEmulated))
          : element('div'),
    },
    {
      name: 'sent',
      data: request,
      render: () => {
        const notes = notEmulated.map((pointer) => ({
          path: namesIn(pointer),
          text: 'accepted, not emulated',
        }));
        return titled('Request as sent', renderJson(request, 'Request as sent', notes));
      },
    },
    {
      name: 'answered',
      data: rows,
      render: () => titled('Results as getResponse has them', renderJson(rows, 'Results')),
    },
  ];
}

/**
 * @param {Exchange} exchange
 * @returns {Part[]}
 */
function partsOfRequest({ id, at, durationMs, tasks, request, findings, fault, status, answer }) {
  const { errors = [] } = /** @type {{ errors?: ApiError[] }} */ (answer ?? {});
  const isRefused = !fault && (findings.length > 0 || errors.length > 0);
  const state = isRefused ? 'refused' : fault || status === undefined ? 'lost' : 'answered';
  const types = [...new Set(tasks.map(({ taskType = 'unknown task' }) => taskType))].join(', ');
  const facts = {
    Received: clockTime(at),
    Status: status === undefined ? 'no answer' : `HTTP ${status}`,
    Took: durationMs === undefined ? '–' : duration(durationMs),
    Tasks: String(tasks.length),
    ...(fault && { Fault: fault }),
  };
  const notes = findings.map(noteOf);
  const uuid = tasks.length === 1 ? tasks[0]?.taskUUID : undefined;
  return [
    {
      name: 'head',
      data: state,
      render: () => head(types || 'A request without tasks', state, `Request ${id}`, uuid),
    },
    { name: 'facts', data: facts, render: () => factList(facts) },
    {
      name: 'errors',
      data: errors,
      render: () =>
        errors.length > 0 ? titled('Answered with', errorList(errors)) : element('div'),
    },
    {
      name: 'findings',
      data: findings,
      render: () => titled('What Prism found', findingList(findings)),
    },
    {
      name: 'sent',
      data: request,
      render: () =>
        titled(
          'Request as sent',
          request === undefined
            ? element('p', { class: 'quiet' }, 'The body could not be read as JSON.')
            : renderJson(request, 'Request as sent', notes),
        ),
    },
    {
      name: 'answered',
      data: answer,
      render: () =>
        titled(
          fault ? 'Answer, as far as the fault let it through' : 'Answer',
          answer === undefined
            ? element('p', { class: 'quiet' }, 'None was sent.')
            : renderJson(answer, 'Answer'),
        ),
    },
  ];
}

/**
 * @param {string} title
 * @param {string} state
 * @param {string} kind
 * @param {string} [uuid]
 */
function head(title, state, kind, uuid) {
  const heading = element('h2', { tabindex: -1 }, title);
  const pill = element('span', { class: 'pill', 'data-state': state }, state);
  const line = element('p', {}, kind, pill);
  if (uuid) {
    const copy = element('button', { type: 'button' }, 'Copy UUID');
    copy.addEventListener('click', () => {
      navigator.clipboard.writeText(uuid).then(
        () => {
          copy.textContent = 'Copied';
        },
        () => {
          copy.textContent = 'Not allowed';
        },
      );
    });
    line.append(copy);
  }
  return element('div', {}, line, heading);
}

/** @param {Record<string, string>} facts */
function factList(facts) {
  const list = element('dl');
  for (const [name, value] of Object.entries(facts)) {
    list.append(element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  }
  return list;
}

/**
 * @param {string} title
 * @param {Node} content
 */
function titled(title, content) {
  return element('div', {}, element('h3', {}, title), content);
}

/**
 * What Prism says, without the place: it stands at the place. A property too many is found at its
 * object, and named in the message.
 *
 * @param {Finding} finding
 */
function noteOf({ path, keyword, message }) {
  const text = message.replace(/^Request body (property \S+ )?/, '');
  const extra = keyword === 'additionalProperties' && /found '(.+)'$/s.exec(message)?.[1];
  return extra ? { path: [...path, extra], text: 'must not be there' } : { path, text };
}

/** @param {Finding[]} all */
function findingList(all) {
  // Each branch of a combined schema reports the same.
  const findings = [...new Map(all.map((found) => [JSON.stringify(found), found])).values()];
  if (findings.length === 0) {
    return element('p', { class: 'quiet' }, 'Nothing: what was sent keeps to the document.');
  }
  const list = element('ul', { class: 'issues' });
  for (const { path, keyword, message } of findings) {
    list.append(
      element(
        'li',
        {},
        element('code', {}, keyword),
        element('span', {}, message),
        element('code', { class: 'place' }, `/${path.join('/')}`),
      ),
    );
  }
  return list;
}

/** @param {string[]} pointers */
function pointerList(pointers) {
  const list = element('ul', { class: 'issues' });
  for (const pointer of pointers) {
    const name = namesIn(pointer).at(-1) ?? '';
    const place = element('code', { class: 'place' }, pointer);
    list.append(element('li', {}, element('code', {}, name), place));
  }
  return list;
}

/** @param {string} pointer a JSON Pointer */
function namesIn(pointer) {
  const names = pointer.split('/').slice(1);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** @param {ApiError[]} errors */
function errorList(errors) {
  const list = element('ul', { class: 'issues' });
  for (const { code = '', message = '', parameter = [] } of errors) {
    list.append(
      element(
        'li',
        {},
        element('code', {}, code),
        element('span', {}, message),
        element('code', { class: 'place' }, [parameter].flat().join(', ')),
      ),
    );
  }
  return list;
}

/**
 * @param {string} text
 * @returns {Part}
 */
function problem(text) {
  return {
    name: 'head',
    data: text,
    render: () => element('h2', { tabindex: -1, class: 'empty' }, text),
  };
}

function welcome() {
  const base = `${location.origin}/v1`;
  const keys = [
    ['↑ ↓', 'choose a task in the list'],
    ['Enter', 'go to what is known of it'],
    ['Esc', 'go back to the list'],
    ['/', 'search'],
  ];
  const list = element('dl', { class: 'keys' });
  for (const [key = '', text = ''] of keys) {
    list.append(element('dt', {}, element('kbd', {}, key)), element('dd', {}, text));
  }
  return element(
    'div',
    { class: 'welcome' },
    element('h2', { tabindex: -1 }, 'Choose a task'),
    element(
      'p',
      {},
      'Tasks appear on the left as they come in at ',
      element('code', {}, base),
      '.',
    ),
    list,
  );
}
