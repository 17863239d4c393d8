import { loadClient } from '../clients/subjects.ts';
import { answer } from '../measure/answer.ts';
import { watchMemory } from '../measure/memory-watch.ts';

export interface TransferInput {
  file: string;
  url: string;
  direction: 'upload' | 'download';
  path: string;
  bytes: number;
}

/** One transfer that succeeded. */
export interface Transfer {
  /** Bytes above idle. */
  peakMemory: number;
  /** Of the file, whatever goes over the wire. */
  bytesPerSecond: number;
}

await answer(async ({ file, url, direction, path, bytes }: TransferInput) => {
  const connect = await loadClient(file);
  const client = connect(url);
  const { upload, download } = client;
  const move =
    direction === 'upload'
      ? upload && (() => upload(path))
      : download && (() => download(bytes, path));
  if (!move) return 'no means';
  try {
    await client.status(await client.submit('warm-up'));
    const memory = await watchMemory();
    const start = performance.now();
    await move();
    const bytesPerSecond = (bytes / (performance.now() - start)) * 1000;
    return { peakMemory: memory.stop(), bytesPerSecond };
  } catch (error) {
    return `fails: ${String(error).slice(0, 100)}`;
  }
});
