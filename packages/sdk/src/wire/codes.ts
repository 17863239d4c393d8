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
  ['conflict', /^(conflict|duplicate)Task/],
  ['lostInput', /^(media|file|image|video|audio|voice|input|asset)\w*(NotFound|Expired)$/i],
  ['unknownTask', /(^|task\w*|job|response|result)NotFound$/i],
  ['expiredTask', /(task|job|response|result)Expired$/i],
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

const statusMeanings: Record<number, CodeMeaning> = {
  401: 'key',
  402: 'credits',
  403: 'permission',
  429: 'rate',
};

/** Whether the API refuses the caller, whatever the request: no key, no right, no credits. */
export function isAboutCaller(meaning: CodeMeaning): boolean {
  return meaning === 'key' || meaning === 'permission' || meaning === 'credits';
}

/** Whether what an error is about passes by itself, so that the same request may succeed later. */
export function isPassing(meaning: CodeMeaning): boolean {
  return meaning === 'rate' || meaning === 'server' || meaning === 'attempt';
}

/** What an error is about, by its code and, where the code does not say, by the HTTP status. */
export function meaningOfError(status: number, code: string | undefined): CodeMeaning {
  const meaning = meaningOf(code);
  if (isAboutCaller(meaning) || meaning === 'rate') return meaning;
  return statusMeanings[status] ?? (status >= 500 ? 'server' : meaning);
}
