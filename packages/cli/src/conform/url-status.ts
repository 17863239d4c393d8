/** How long the host of a video may take to answer, in ms. */
const timeoutMs = 30_000;

/**
 * The HTTP status of a URL that a response has named. It is asked for its first byte, without the API
 * key, and redirects are not followed.
 *
 * @returns `undefined` when it is no web address or its host does not answer.
 */
export async function urlStatus(url: string, signal: AbortSignal): Promise<number | undefined> {
  if (!/^https?:/i.test(url)) return undefined;
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { range: 'bytes=0-0' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
