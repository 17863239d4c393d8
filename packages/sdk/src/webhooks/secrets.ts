import { WebhookError } from '../errors/webhook-error.js';
import { environment } from '../options.js';

/** One secret, or several while one replaces another: the first signs, each is accepted. */
export type WebhookSecret = string | readonly string[];

/** Characters. HMAC takes any length; one that is shorter can be guessed. */
const minLength = 16;
/** Random text of `minLength` hexadecimal digits has fewer once in millions. */
const minVariety = 5;

/**
 * The secrets that tokens are made with, the newest first. One from a file often ends in a line
 * break. Of the variable each line is a secret; commas and blanks do not part them, as a passphrase
 * has some.
 *
 * @throws {WebhookError} there is none, or one is weak.
 */
export function readSecrets(given: WebhookSecret | undefined): [string, ...string[]] {
  const lines = environment('SYNC3_WEBHOOK_SECRET')
    ?.trim()
    .split(/\s*[\r\n]\s*/);
  const [first = '', ...others] = [given ?? lines ?? []]
    .flat()
    .map((each) => String(each ?? '').trim());
  if (!first && others.length === 0) throw unusable('missingSecret', 'There is no webhook secret.');
  const secrets: [string, ...string[]] = [first, ...others];
  secrets.forEach((secret, index) => {
    const weakness = weaknessOf(secret);
    if (!weakness) return;
    const place = others.length > 0 ? ` ${index + 1} of ${secrets.length}` : '';
    throw unusable('weakSecret', `The webhook secret${place} ${weakness}.`);
  });
  return secrets;
}

function unusable(code: 'missingSecret' | 'weakSecret', message: string): WebhookError {
  const advice =
    `It needs at least ${minLength} characters that cannot be guessed, as \`openssl rand -hex 16\` ` +
    'gives: set SYNC3_WEBHOOK_SECRET, or pass secret.';
  return new WebhookError(message, { code, advice });
}

/** What makes a secret one that can be guessed by its pattern; words of a dictionary are not known. */
function weaknessOf(secret: string): string | undefined {
  if (secret.length < minLength) return `has fewer than ${minLength} characters`;
  const units = Array.from({ length: secret.length }, (_, index) => secret.charCodeAt(index));
  if (new Set(units).size < minVariety) return `has fewer than ${minVariety} different characters`;
  const steps = units.slice(1).map((unit, index) => unit - (units[index] ?? 0));
  if (new Set(steps).size < minVariety) return 'is a sequence of characters';
  if (isRepetition(secret)) return 'repeats a short text';
  return undefined;
}

/** Whether a text that is too short by itself stands there twice or more. */
function isRepetition(secret: string): boolean {
  const longest = Math.min(minLength - 1, secret.length / 2);
  for (let period = 1; period <= longest; period += 1) {
    if (secret.startsWith(secret.slice(period))) return true;
  }
  return false;
}
