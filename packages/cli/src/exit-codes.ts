/** What the exit codes of every command mean; `--help` and docs/cli.md print this table. */
export const exitCodes = {
  success: [0, 'success'],
  jobFailed: [
    1,
    'the job failed: every result of it did; in a batch, every item; a contract is broken',
  ],
  badInput: [
    2,
    'bad input: an option, a file or a request that cannot be used; nothing was charged',
  ],
  refused: [3, 'authentication or balance: no key, a key that may not, or no credits'],
  network: [
    4,
    'network: no usable answer, a lost download or database, or not finished within --timeout',
  ],
  partial: [
    5,
    'partial: some results succeeded and some did not, --max-cost was reached, or a batch stopped on its way',
  ],
  notSaved: [
    6,
    'not saved: the job succeeded and is paid for, its file could not be written; the command that fetches it is printed',
  ],
  internal: [70, 'a fault of sync3 itself'],
  detached: [130, 'Ctrl-C: the command stopped; jobs that were submitted go on'],
} as const satisfies Record<string, readonly [code: number, meaning: string]>;

/** Why a command ended. */
export type Ending = keyof typeof exitCodes;

/** The exit code of a process that ends so. */
export function exitCodeOf(ending: Ending): number {
  return exitCodes[ending][0];
}

/** The table as lines of text, for the end of `--help`. */
export function exitCodesInWords(): string {
  const lines = Object.values(exitCodes).map(
    ([code, meaning]) => `${`${code}`.padStart(5)}  ${meaning}`,
  );
  return ['Exit codes:', ...lines].join('\n');
}
