import { setTimeout as sleep } from 'node:timers/promises';

/** How long an answer is waited for, in ms. */
const timeoutMs = 10_000;
/** Pauses before the second and the third try, in ms. */
const delaysMs = [1_000, 4_000];

/**
 * Posts JSON to an address, three times at most. A redirect is not followed: the address that was given
 * is the one that was meant.
 *
 * @throws {Error} it was not taken; the message names no more of the address than its host.
 */
export async function sendToUrl(url: string, json: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { fault, mayPass } = await post(url, json);
    if (fault === undefined) return;
    const delayMs = delaysMs[attempt];
    if (!mayPass || delayMs === undefined) throw new Error(`${new URL(url).host} ${fault}.`);
    await sleep(delayMs);
  }
}

async function post(url: string, body: string): Promise<{ fault?: string; mayPass?: boolean }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'sync3' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    const { ok, status } = response;
    if (ok) return {};
    if (status >= 300 && status < 400) return { fault: `answered with a redirect (${status})` };
    return { fault: `answered ${status}`, mayPass: status === 429 || status >= 500 };
  } catch (error) {
    const { name, message, cause } = Object(error);
    const isLate = name === 'TimeoutError';
    const reason = isLate ? `no answer in ${timeoutMs / 1000} s` : (Object(cause).code ?? message);
    return { fault: `was not reached: ${reason}`, mayPass: true };
  }
}
