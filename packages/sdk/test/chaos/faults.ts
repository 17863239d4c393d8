import { chance } from './chance.ts';

/** What goes wrong with one request. */
export interface Fault {
  name: string;
  /** Share of the requests that meet it. */
  share: number;
  /** Whether a task that is submitted is accepted all the same. */
  isAccepted: boolean;
  /** What the client gets. */
  reply: 'nothing' | 'lost connection' | 'short body' | 'cut body' | Refusal;
}

interface Refusal {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

const json = JSON.stringify({
  data: [],
  errors: [{ code: 'serviceUnavailable', message: 'Busy.' }],
});
const html = '<html><h1>503 Service Unavailable</h1></html>';
const lost = 'lost connection';

const ofSubmits: Fault[] = [
  { name: 'dropped before it is accepted', share: 0.1, isAccepted: false, reply: lost },
  { name: 'dropped after it is accepted', share: 0.1, isAccepted: true, reply: lost },
];

const ofAll: Fault[] = [
  { name: 'half of the body, well framed', share: 0.025, isAccepted: true, reply: 'short body' },
  { name: 'connection cut within the body', share: 0.025, isAccepted: true, reply: 'cut body' },
  { name: '429', share: 0.01, isAccepted: false, reply: { status: 429, body: json } },
  {
    name: '429 with Retry-After: 0',
    share: 0.013,
    isAccepted: false,
    reply: { status: 429, headers: { 'retry-after': '0' }, body: json },
  },
  {
    // Rare: the client stops all its polls for that second.
    name: '429 with Retry-After: 1',
    share: 0.002,
    isAccepted: false,
    reply: { status: 429, headers: { 'retry-after': '1' }, body: html },
  },
  { name: '503 with JSON', share: 0.0125, isAccepted: false, reply: { status: 503, body: json } },
  { name: '503 with HTML', share: 0.0125, isAccepted: true, reply: { status: 503, body: html } },
  { name: 'stalled before it is accepted', share: 0.005, isAccepted: false, reply: 'nothing' },
  { name: 'stalled after it is accepted', share: 0.005, isAccepted: true, reply: 'nothing' },
];

/** The fault that a request meets: always the same for the same seed and request. */
export function faultFor(seed: number, isSubmit: boolean, request: string): Fault | undefined {
  let left = chance(seed, 'fault', request);
  return (isSubmit ? [...ofSubmits, ...ofAll] : ofAll).find(({ share }) => {
    left -= share;
    return left < 0;
  });
}

/** Share of the submits that some fault meets: 0.305. */
export const faultySubmits = total([...ofSubmits, ...ofAll]);
/** Share of the other requests that some fault meets: 0.105. */
export const faultyQuestions = total(ofAll);

function total(faults: Fault[]): number {
  return faults.reduce((sum, { share }) => sum + share, 0);
}
