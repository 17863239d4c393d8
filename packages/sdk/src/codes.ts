/**
 * What a code of the API is about:
 *
 * - `key`: the API key is missing, wrong or revoked.
 * - `permission`: the API key may not do this, or the account is suspended.
 * - `credits`: the balance of the account.
 * - `rate`: too many requests.
 * - `server`: the state of the API, or of the provider behind it.
 * - `attempt`: a timeout, or a failure without a reason; another attempt may succeed.
 * - `conflict`: the taskUUID is in use.
 * - `unknownTask`: the API does not know the task, or not yet.
 * - `expiredTask`: the API does not know the task any more.
 * - `lostInput`: an input is gone, such as a stored file.
 * - `request`: the request or the job itself; everything else.
 */
export type CodeMeaning =
  | 'key'
  | 'permission'
  | 'credits'
  | 'rate'
  | 'server'
  | 'attempt'
  | 'conflict'
  | 'unknownTask'
  | 'expiredTask'
  | 'lostInput'
  | 'request';

/** The first pattern that matches decides. */
const meanings: [CodeMeaning, RegExp][] = [
  ['permission', /^forbidden|permission|^(account|organization|workspace)(Suspended|Disabled)/i],
  [
    'key',
    /apiKey|^auth|^unauthorized|authentication$|credentials$|^token(Expired|Invalid|Missing|Revoked)/i,
  ],
  ['credits', /credits|quota|balance|^paymentRequired/i],
  ['rate', /rateLimit/i],
  ['server', /(ServerError|Unavailable|AvailableServer)$/i],
  [
    'attempt',
    /timeout|^(standard|unknown|undefined|default)Error$|^unrecognizedResponse|^errorRetrieving/i,
  ],
  ['conflict', /^conflict|^duplicateTask/],
  ['unknownTask', /^task\w*NotFound$/],
  ['expiredTask', /^taskExpired$/],
  ['lostInput', /^(?!model).*(NotFound|Expired)$/],
];

/**
 * What a code is about. This is the only place that knows codes: "hundreds of strings and unstable"
 * (runware-typescript 4132dc6, errors.ts, whose groups these are).
 *
 * @param code such as `providerRateLimitExceeded`; an unknown one is about the `request`.
 */
export function meaningOf(code: string | undefined): CodeMeaning {
  return meanings.find(([, pattern]) => pattern.test(code ?? ''))?.[0] ?? 'request';
}
