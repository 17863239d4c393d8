import { describeFailure } from '@sync3/sdk';
import prettyBytes from 'pretty-bytes';
import { isBatchEvent } from '../batch/batch-events.js';
import { batchInWords } from '../batch/batch-in-words.js';
import { count } from '../count.js';
import type { Event } from '../events.js';
import { oneLine, visible } from '../terminal-text.js';
import { usd } from '../usd.js';
import type { Live, Words } from './words.js';

/** An event as people read it. */
export function inWords(event: Event): Words {
  if (isBatchEvent(event)) return batchInWords(event);
  switch (event.event) {
    case 'starting':
      return { note: 'Starting a mock server.' };
    case 'upload':
      return { live: transfer('Uploading', event.sentBytes, event.totalBytes) };
    case 'task':
      return { note: `Task ${event.taskUUID}` };
    case 'submitted':
      return { note: 'Submitted.', live: { what: 'Queued' } };
    case 'known':
      return { note: `Task ${event.taskUUID} was submitted before; it is not submitted again.` };
    case 'job':
      return { result: visible(event.taskUUID), note: `Next: ${visible(event.next)}` };
    case 'status':
      return { result: event.status, note: rendering(event).detail };
    case 'progress':
      return { live: rendering(event) };
    case 'retry': {
      const seconds = (event.delayMs / 1000).toFixed(1);
      return { note: `Trying again in ${seconds} s: ${oneLine(event.message)}` };
    }
    case 'warning': {
      const about = event.key === undefined ? '' : `${event.key}: `;
      return { note: `Warning: ${oneLine(`${about}${event.message}`)}` };
    }
    case 'download':
      return { live: transfer('Downloading', event.receivedBytes, event.totalBytes) };
    case 'video':
      return { result: visible(event.path ?? (event.url || event.videoUUID)) };
    case 'failure':
      return { note: `Failed: ${oneLine(describeFailure(event))}` };
    case 'result':
      return { note: settled(event) };
    case 'estimate':
      return { result: event.cost === null ? 'unknown' : usd(event.cost) };
    case 'media':
      return { result: visible(event.mediaUUID) };
    case 'issue': {
      const { file, line, column, severity, message, rule } = event;
      const place = `${visible(file)}:${line}:${column}`;
      return { result: `${place} ${severity} ${oneLine(message)} [${visible(rule)}]` };
    }
    case 'checked': {
      const { file, requests, errors, warnings } = event;
      const found = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
      return { note: `${visible(file)}: ${count(requests, 'request')}, ${found}` };
    }
    case 'listening':
      return { result: visible(event.url) };
    case 'experiment': {
      const { name, describe, results, leftOut } = event;
      const price = results === 0 ? 'free' : `${count(results, 'result')} at most`;
      return { note: `${name}: ${leftOut ? `left out: ${leftOut}` : `${describe} (${price})`}` };
    }
    case 'question': {
      const { question, api, emulator, verdict, reason } = event;
      if (verdict === 'open') return { result: oneLine(`open       ${question} ${reason ?? ''}`) };
      const answers = verdict === 'same' ? `${api}` : `${api}, emulator ${emulator}`;
      return { result: oneLine(`${verdict}: ${question} ${answers}`) };
    }
    case 'conformed': {
      const { same, different, open, spent, report } = event;
      const found = `${different} different, ${same} the same, ${open} open`;
      return { note: `${found}; at most ${usd(spent)}. ${visible(report)}` };
    }
    case 'contract': {
      const held = `${count(event.requests, 'request')}, ${count(event.answers, 'kind')} of answers`;
      return { result: visible(event.path), note: held };
    }
    case 'break': {
      const { side, taskType = 'any task', pointer, today, newly, firstSeen } = event;
      const what = `${side} ${taskType} ${pointer || '/'}: ${today} today, then ${newly}`;
      return { result: oneLine(`${what} [${firstSeen}]`) };
    }
    case 'contract-checked': {
      const { file, requests, answers, breaks } = event;
      const held = `${count(requests, 'request')}, ${count(answers, 'kind')} of answers`;
      return { note: `${visible(file)}: ${held}, ${count(breaks, 'break')}` };
    }
    case 'detached':
    case 'error':
      // They are printed whatever else is: see `reportFailure`.
      return {};
  }
}

type ProgressEvent = Extract<Event, { event: 'progress' | 'status' }>;

function transfer(what: string, bytes: number, totalBytes: number | undefined): Live {
  const size = prettyBytes(bytes);
  if (totalBytes === undefined) return { what, detail: size };
  return { what, part: bytes / totalBytes, detail: `${size} of ${prettyBytes(totalBytes)}` };
}

function rendering(event: ProgressEvent): Live {
  const { ready, failed, pending, progress } = event;
  const results = ready + failed + pending;
  return {
    what: 'Rendering',
    part: progress === undefined ? undefined : progress / 100,
    ...(results > 1 && { detail: `${ready + failed} of ${results} results` }),
  };
}

function settled(event: Extract<Event, { event: 'result' }>): string {
  const { videos, failures, missing, cost } = event;
  return [
    `Done: ${count(videos, 'video')}`,
    ...(failures > 0 ? [`${failures} failed`] : []),
    ...(missing > 0 ? [`${missing} never came`] : []),
    ...(cost === undefined ? [] : [usd(cost)]),
  ].join(', ');
}
