import { counted, duration, element } from './elements.js';

/** @import { Exchange } from '../../control/journal.js' */
/** @import { TimelineEvent } from '../../jobs/job.js' */

/**
 * @typedef {object} Moment
 * @property {number} at ms since the epoch
 * @property {'state' | 'poll' | 'request' | 'delivery'} lane
 * @property {string} label
 * @property {string} detail
 * @property {boolean} isBad
 */

const laneNames = { state: 'Job', request: 'Requests', poll: 'Polls', delivery: 'Deliveries' };
/** Longer lists are cut in their middle. */
const mostLines = 200;

/** @type {Record<string, string>} */
const labels = {
  accepted: 'Accepted',
  rendered: 'Rendered',
  settled: 'Result settled',
  failed: 'Rendering failed',
  conflict: 'Its UUID was sent again',
};

/**
 * What happened to a job, in order: on a scale, and as a list in which polls with the same answer
 * stand together.
 *
 * @param {readonly TimelineEvent[]} events
 * @param {Exchange[]} exchanges
 * @param {string} taskUUID
 */
export function renderTimeline(events, exchanges, taskUUID) {
  const moments = [
    ...exchanges.map((exchange) => momentOfExchange(exchange, taskUUID)),
    ...events.map(momentOfEvent),
  ].sort((a, b) => a.at - b.at);
  const start = moments[0]?.at ?? 0;
  const list = element('ol', { class: 'moments' });
  const groups = grouped(moments);
  const left = groups.length - mostLines;
  for (const [index, group] of groups.entries()) {
    if (left > 0 && index === mostLines / 2) {
      list.append(element('li', { class: 'left-out' }, `… ${counted(left, 'more line')}`));
    }
    if (left > 0 && index >= mostLines / 2 && index < mostLines / 2 + left) continue;
    list.append(lineOf(group, start));
  }
  return element('div', {}, scale(moments, start), list);
}

/**
 * @param {Moment[]} moments
 * @param {number} start
 */
function scale(moments, start) {
  const span = Math.max((moments.at(-1)?.at ?? start) - start, 1);
  const lanes = element('div', { class: 'scale', 'aria-hidden': 'true' });
  for (const [lane, name] of Object.entries(laneNames)) {
    const track = element('div', { class: 'track' });
    for (const moment of moments) {
      if (moment.lane !== lane) continue;
      const mark = element('i', { title: `${moment.label} +${duration(moment.at - start)}` });
      if (moment.isBad) mark.className = 'bad';
      mark.style.left = `${((moment.at - start) / span) * 100}%`;
      track.append(mark);
    }
    if (track.childElementCount === 0) continue;
    if (lane === 'state') track.prepend(work(moments, start, span));
    lanes.append(element('span', {}, name), track);
  }
  lanes.append(
    element('span'),
    element('div', { class: 'ends' }, element('b', {}, '0'), element('b', {}, duration(span))),
  );
  return lanes;
}

/**
 * The time from the acceptance to the last result.
 *
 * @param {Moment[]} moments
 * @param {number} start
 * @param {number} span
 */
function work(moments, start, span) {
  const accepted = moments.find(({ label }) => label === labels['accepted']);
  const settled = moments.findLast(({ label }) => label === labels['settled']);
  const bar = element('b');
  const from = accepted?.at ?? start;
  bar.style.left = `${((from - start) / span) * 100}%`;
  bar.style.width = `${(((settled?.at ?? start + span) - from) / span) * 100}%`;
  return bar;
}

/**
 * @param {Moment[]} group
 * @param {number} start
 */
function lineOf(group, start) {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return '';
  const times = group.length > 1 ? `${offset(first, start)} to ${offset(last, start)}` : '';
  return element(
    'li',
    { 'data-lane': first.lane, class: first.isBad ? 'bad' : '' },
    element('time', { class: 'moment-time' }, offset(first, start)),
    element(
      'span',
      { class: 'moment-label' },
      group.length > 1 ? `${group.length} × ${first.label}` : first.label,
    ),
    element('span', { class: 'moment-facts' }, [first.detail, times].filter(Boolean).join(' · ')),
  );
}

/**
 * @param {Moment} moment
 * @param {number} start
 */
function offset({ at }, start) {
  return `+${duration(at - start)}`;
}

/** @param {Moment[]} moments */
function grouped(moments) {
  /** @type {Moment[][]} */
  const groups = [];
  for (const moment of moments) {
    const last = groups.at(-1);
    const isSame =
      moment.lane === 'poll' && last?.[0]?.lane === 'poll' && last[0].label === moment.label;
    if (isSame) last.push(moment);
    else groups.push([moment]);
  }
  return groups;
}

/**
 * @param {TimelineEvent} event
 * @returns {Moment}
 */
function momentOfEvent({ at, event, status, message, videoUUID }) {
  const isDelivery = /^(webhook|upload)-/.test(event);
  const [what = '', end = ''] = event.split('-');
  const label = isDelivery ? `${what === 'webhook' ? 'Webhook' : 'Upload'} ${end}` : labels[event];
  const facts = [status && `HTTP ${status}`, message, videoUUID?.slice(0, 8)];
  return {
    at,
    lane: isDelivery ? 'delivery' : 'state',
    label: label ?? event,
    detail: facts.filter(Boolean).join(' · '),
    isBad:
      event.endsWith('failed') ||
      (event.endsWith('attempt') && !(status && status >= 200 && status < 300)),
  };
}

/**
 * @param {Exchange} exchange
 * @param {string} taskUUID
 * @returns {Moment}
 */
function momentOfExchange({ at, tasks, status, fault, durationMs, answer }, taskUUID) {
  const own = taskUUID.toLowerCase();
  const types = tasks.flatMap((task) => (task.taskUUID === own ? [task.taskType] : []));
  const isPoll = types.every((type) => type === 'getResponse');
  const { data = [], errors = [] } = /** @type {Answer} */ (answer ?? {});
  /** @param {{ taskUUID?: string }} row */
  const isOwn = (row) => row.taskUUID?.toLowerCase() === own;
  const statuses = [...new Set(data.filter(isOwn).map((row) => row.status ?? 'acknowledged'))];
  const codes = errors.filter((error) => !error.taskUUID || isOwn(error)).map(({ code }) => code);
  const said = [...statuses, ...codes].join(', ');
  const name = isPoll ? 'Poll' : types.includes('videoInference') ? 'Submit' : types.join(', ');
  return {
    at,
    lane: isPoll ? 'poll' : 'request',
    label: `${name}: ${fault && fault !== 'status' ? fault : said || 'no row'}`,
    detail: [
      fault && 'fault',
      status === undefined ? 'no answer' : `HTTP ${status}`,
      durationMs !== undefined && duration(durationMs),
      tasks.length > 1 && `one of ${tasks.length} tasks`,
    ]
      .filter(Boolean)
      .join(' · '),
    isBad: fault !== undefined || (status ?? 0) >= 400 || codes.length > 0,
  };
}

/** @typedef {{ data?: { taskUUID?: string, status?: string }[], errors?: { taskUUID?: string, code: string }[] }} Answer */
