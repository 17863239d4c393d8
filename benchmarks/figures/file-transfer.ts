import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Subject, subjects } from '../clients/subjects.ts';
import { runScript } from '../measure/child-script.ts';
import type { Figure, Row } from '../measure/figure.ts';
import { inTurns } from '../measure/repeat.ts';
import { spread } from '../measure/statistics.ts';
import { startServer } from '../servers/start-server.ts';
import type { Transfer, TransferInput } from './file-transfer-client.ts';

const repetitions = 1;
const gibibyte = 2 ** 30;

/** What happened in one transfer. */
type Outcome = Transfer | 'no means' | `fails: ${string}`;

/** Measures the memory and the speed of big files. */
export const fileTransfer: Figure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-benchmarks-'));
  try {
    const path = await sparseFile(folder, gibibyte);
    const results = await inTurns(repetitions, subjects, async (subject) => ({
      up: await upload(subject, path, gibibyte),
      down: await download(subject, join(folder, 'downloaded.mp4'), gibibyte),
    }));
    return {
      title: 'A file of 1 GiB up and down',
      method: `The client uploads a file, and downloads one to disk, with the means of its package; the server counts, decodes and discards. Memory is the peak RSS above what the idle process takes after a first call and a garbage collection. processes for each transfer: ${repetitions}, in turns.`,
      subject: 'Client',
      columns: [
        { title: 'up, peak MB above idle', best: 'lowest' },
        { title: 'up, MB/s', best: 'highest' },
        { title: 'down, peak MB above idle', best: 'lowest' },
        { title: 'down, MB/s', best: 'highest' },
      ],
      rows: subjects.map((subject, index) => toRow(subject, results[index] ?? [])),
      notes: [
        '@sync3/sdk sends base64 in JSON, a third more bytes, because that is what the API takes (the server decodes it); fal sends parts of 10 MB; the others send a form, plain `fetch` the bare bytes.',
        'Each gets the file in the form of its documentation that costs it least: replicate and fal a `Blob` of `fs.openAsBlob`, @runwayml/sdk a `File` of one, openai its `toStreamingFile`, @sync.so/sdk a read stream.',
        "Node keeps the whole body of an upload in memory, to send it again after a redirect, unless `fetch` is called with `redirect: 'error'`. @sync3/sdk and plain `fetch` do that here.",
        '`saveVideo` of @sync3/sdk writes to a temporary name and flushes to the disk before it renames; the others write straight to the file.',
        'The limits of the services are not emulated: OpenAI takes 512 MB a file (comment of `files.create` in the package), sync.so 20 MB in a direct upload (its API overview).',
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Makes a file of zeros that takes no room on the disk. */
export async function sparseFile(folder: string, bytes: number): Promise<string> {
  const path = join(folder, 'talk.mp4');
  const file = await open(path, 'w');
  await file.truncate(bytes);
  await file.close();
  return path;
}

export async function upload(subject: Subject, path: string, bytes: number): Promise<Outcome> {
  const server = await startServer(subject.protocol);
  try {
    const outcome = await transfer(subject, { url: server.url, direction: 'upload', path, bytes });
    const { uploadedBytes } = await server.report();
    const isWhole = typeof outcome !== 'object' || uploadedBytes >= bytes;
    return isWhole ? outcome : `fails: ${uploadedBytes} of ${bytes} bytes arrived`;
  } finally {
    server.stop();
  }
}

export async function download(subject: Subject, path: string, bytes: number): Promise<Outcome> {
  const server = await startServer(subject.protocol);
  try {
    const outcome = await transfer(subject, {
      url: server.url,
      direction: 'download',
      path,
      bytes,
    });
    if (typeof outcome !== 'object') return outcome;
    const { size } = await stat(path);
    return size === bytes ? outcome : `fails: ${size} of ${bytes} bytes arrived`;
  } finally {
    server.stop();
    await rm(path, { force: true });
  }
}

function transfer({ file }: Subject, input: Omit<TransferInput, 'file'>): Promise<Outcome> {
  const script = new URL('file-transfer-client.ts', import.meta.url);
  return runScript<Outcome>(script, { ...input, file }, ['--expose-gc']);
}

function toRow({ title }: Subject, results: { up: Outcome; down: Outcome }[]): Row {
  const cells = (outcomes: Outcome[]): Row['cells'] => {
    const failed = outcomes.find((outcome) => typeof outcome === 'string');
    if (failed) return [failed, failed];
    const transfers = outcomes.filter((outcome) => typeof outcome === 'object');
    return [
      spread(transfers.map(({ peakMemory }) => peakMemory / 2 ** 20)),
      spread(transfers.map(({ bytesPerSecond }) => bytesPerSecond / 1e6)),
    ];
  };
  return {
    title,
    cells: [...cells(results.map(({ up }) => up)), ...cells(results.map(({ down }) => down))],
  };
}
