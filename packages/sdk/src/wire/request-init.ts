import type { RequestOptions } from '@sync3/generated/client';
import type { Settings } from '../options.js';
import { streamBase64 } from './base64-stream.js';
import { liftNodeLimits } from './lift-node-limits.js';
import type { Attempt, Posting } from './posting.js';
import { streamingOptions } from './streaming-options.js';

/** What the document says of the operation, beside what is sent with it. */
export interface Operation {
  /** The document's, such as the content type, and those of the call. */
  headers: Record<string, string>;
  /** The header that the key stands in, and how it is written there. */
  security: NonNullable<RequestOptions['security']>;
}

/** What `fetch` makes the POST of, with the key where `auth` wants it. */
export async function requestInit(
  { auth, headers: extra, emit, isPlatformFetch }: Settings,
  { tasks, blob, onProgress }: Posting,
  { headers: own, security }: Operation,
  apiKey: string,
  attempt: Attempt,
): Promise<RequestInit> {
  const isKeyInBody = auth === 'task';
  const credentials = isKeyInBody ? [{ taskType: 'authentication', apiKey }] : [];
  const written = [...credentials, ...tasks].map((task) =>
    'json' in task ? task.json : JSON.stringify(task),
  );
  const json = `[${written}]`;
  const headers = new Headers(extra);
  for (const name in own) headers.set(name, own[name] as string);
  for (const { name = 'Authorization', scheme } of isKeyInBody ? [] : security) {
    headers.set(name, scheme === 'bearer' ? `Bearer ${apiKey}` : apiKey);
  }
  const init = {
    method: 'POST',
    headers,
    body: json,
    // Frameworks patch `fetch` to cache: a cached poll would never see its task finish.
    cache: 'no-store',
    // The key must not follow a redirect.
    redirect: 'manual',
    signal: attempt.controller.signal,
    // Node sends no stream without it; TypeScript does not know it.
    duplex: 'half',
    ...(isPlatformFetch && liftNodeLimits()),
  } as const;
  if (!blob) return init;
  const startedAt = performance.now();
  const upload = streamBase64(json, blob, attempt.controller, (progress) => {
    const isLast = progress.sentBytes >= progress.totalBytes;
    // Buffers of the system may hold megabytes of it, which leave at the pace of the rest.
    attempt.restart?.(isLast ? performance.now() - startedAt : 0);
    emit('onProgress', progress, onProgress);
  });
  const onHeld = () => {
    // How much of it has been sent is not known then: a second more for each 100 kB.
    attempt.restart?.(blob.size / 100);
    emit('onWarning', { message: 'Uploads are held in memory.' });
  };
  return { ...init, ...(await streamingOptions(upload, headers, attempt, onHeld)) };
}
