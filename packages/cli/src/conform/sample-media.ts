import { readFile } from 'node:fs/promises';
import { ask } from './ask.js';
import { ExperimentsEnded, type Lab, taskOf } from './lab.js';

const files = { video: ['face.mp4', 'video/mp4'], audio: ['word.wav', 'audio/wav'] } as const;

/** Stores the sample clip and a voice of one second, once, and gives their UUIDs. */
export async function sampleInputs(lab: Lab): Promise<{ video: string; audio: string }> {
  return { video: await stored(lab, 'video'), audio: await stored(lab, 'audio') };
}

/** Deletes what was stored. What the API no longer has is gone, too. */
export async function deleteStored(lab: Lab): Promise<void> {
  for (const [name, media] of Object.entries(lab.state.stored)) {
    await ask(lab, [taskOf('mediaStorage', { operation: 'delete', media })]);
    delete lab.state.stored[name];
    await lab.save();
  }
}

async function stored(lab: Lab, kind: keyof typeof files): Promise<string> {
  const known = lab.state.stored[kind];
  if (known !== undefined) return known;
  const media = await dataUriOf(kind);
  const { data } = await ask(lab, [taskOf('mediaStorage', { operation: 'upload', media })]);
  const uuid = data.find(({ mediaUUID }) => typeof mediaUUID === 'string')?.['mediaUUID'];
  if (typeof uuid !== 'string') {
    throw new ExperimentsEnded('The API does not store the sample media.', 'network');
  }
  lab.state.stored[kind] = uuid;
  await lab.save();
  return uuid;
}

/** The sample as a data URI. */
export async function dataUriOf(kind: keyof typeof files): Promise<string> {
  const [name, type] = files[kind];
  const bytes = await readFile(new URL(`./media/${name}`, import.meta.url));
  return `data:${type};base64,${bytes.toString('base64')}`;
}
