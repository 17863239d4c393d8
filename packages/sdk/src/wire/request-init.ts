import type { Settings } from '../options.js';
import { streamBase64 } from './base64-stream.js';
import { liftNodeLimits } from './lift-node-limits.js';
import { type BodySupport, streamingOptions } from './streaming-options.js';
import type { Request } from './transport.js';

/** What a POST is made with, beside the request itself. */
export interface Sending {
  apiKey: string;
  /** Ends the POST. */
  controller: AbortController;
  support: BodySupport;
  /**
   * Called as bytes of an upload are taken, with how much longer than `timeoutMs` it may take until
   * more are taken or the answer comes, in ms.
   */
  onTaken: (extraMs: number) => void;
}

/** The POST, with the key where `auth` wants it. */
export async function requestInit(
  { auth, headers: extra, emit, isPlatformFetch }: Settings,
  { tasks, blob, onProgress, isDryRun }: Request,
  { apiKey, controller, support, onTaken }: Sending,
): Promise<RequestInit> {
  const credentials = auth === 'task' ? [{ taskType: 'authentication', apiKey }] : [];
  const json = JSON.stringify([...credentials, ...tasks]);
  const headers = new Headers(extra);
  headers.set('Content-Type', 'application/json');
  if (auth !== 'task') headers.set('Authorization', `Bearer ${apiKey}`);
  if (isDryRun) headers.set('X-Runware-Dry-Run', '1');
  const init = {
    method: 'POST',
    headers,
    body: json,
    // Frameworks patch `fetch` to cache: a cached poll would never see its task finish.
    cache: 'no-store',
    // The key must not follow a redirect.
    redirect: 'manual',
    signal: controller.signal,
    // Node sends no stream without it; TypeScript does not know it.
    duplex: 'half',
    ...(isPlatformFetch && liftNodeLimits()),
  } as const;
  if (!blob) return init;
  const startedAt = performance.now();
  const upload = streamBase64(json, blob, controller, (progress) => {
    const isLast = progress.sentBytes >= progress.totalBytes;
    // Buffers of the system may hold megabytes of it, which leave at the pace of the rest.
    onTaken(isLast ? performance.now() - startedAt : 0);
    emit('onProgress', progress, onProgress);
  });
  const onHeld = () => {
    // How much of it has been sent is not known then: a second more for each 100 kB.
    onTaken(blob.size / 100);
    emit('onWarning', { message: 'Uploads are held in memory.' });
  };
  return { ...init, ...(await streamingOptions(upload, headers, support, onHeld)) };
}
