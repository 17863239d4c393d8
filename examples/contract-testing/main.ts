import { mkdir, readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { dubClips } from './dub-clips.ts';

// Every `<name>.mp4` of the folder with a `<name>.wav` beside it is dubbed into `dubbed/<name>.mp4`.
const [folder = '.'] = process.argv.slice(2);
const files = new Set(await readdir(folder));
const clips = [...files]
  .map((path) => parse(path))
  .filter(({ ext, name }) => ext === '.mp4' && files.has(`${name}.wav`))
  .map(({ name }) => ({
    name,
    video: file(join(folder, `${name}.mp4`)),
    audio: file(join(folder, `${name}.wav`)),
  }));

const results = join(folder, 'dubbed');
await mkdir(results, { recursive: true });
for (const dubbed of await dubClips(new Sync3(), clips, results)) {
  console.log(`${dubbed.name}: ${'path' in dubbed ? dubbed.path : dubbed.reason}`);
}
