import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Item, planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import {
  findUpload,
  finishUpload,
  parametersWithMedia,
  releaseUpload,
  takeUpload,
} from '../../src/ledger/uploads.ts';
import { openFresh, ruleKinds, temporaryFolder } from '../database/fresh-database.ts';
import { clip } from '../plan/clips.ts';
import { tinyVideo, tinyVoice } from '../work/tiny-media.ts';

describe.each(ruleKinds)('on %s', (kind) => {
  test('files with the same content are one upload, which one worker at a time makes', async () => {
    const { database } = await openFresh(kind);
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'one.mp4'), tinyVideo);
    writeFileSync(join(directory, 'two.mp4'), tinyVideo);
    writeFileSync(join(directory, 'voice.wav'), tinyVoice());
    const items = ['one.mp4', './two.mp4', 'one.mp4'].map((video, index) =>
      clip(index, { params: { inputs: { video, audio: 'voice.wav' } } }),
    );
    await planBatch(items, database, { directory });
    const rows = await database.query<{ sha256: string }>('select sha256 from sync3.upload');
    expect(rows).toHaveLength(2);

    const [item] = (await findItems(database, 'true order by id')) as [Item];
    const [video, audio] = item.media;
    expect(item.parameters).toEqual({
      inputs: { video: `sha256:${video?.sha256}`, audio: `sha256:${audio?.sha256}` },
    });
    const name = { batch: 'default', sha256: `${video?.sha256}` };
    expect(await findUpload(database, name)).toMatchObject({
      state: 'waiting',
      bytes: tinyVideo.length,
      mediaUUID: null,
    });
    const hands = await Promise.all([1, 2, 3].map(() => takeUpload(database, name, 60)));
    expect(hands.filter(Boolean)).toHaveLength(1);
    await releaseUpload(database, name, 'ConnectionError');
    expect(await takeUpload(database, name, 0)).toMatchObject({ error: 'ConnectionError' });
    // The worker died: its time is over at once.
    expect(await takeUpload(database, name, 60)).toMatchObject({ state: 'uploading' });
    await finishUpload(database, name, 'media-1');
    expect(await takeUpload(database, name, 60)).toBeUndefined();
    expect(await findUpload(database, name)).toMatchObject({
      state: 'stored',
      mediaUUID: 'media-1',
    });

    const known = new Map([[name.sha256, 'media-1']]);
    expect(() => parametersWithMedia(item, (sha256) => known.get(sha256))).toThrow('/inputs/audio');
    known.set(`${audio?.sha256}`, 'media-2');
    expect(parametersWithMedia(item, (sha256) => known.get(sha256))).toEqual({
      inputs: { video: 'media-1', audio: 'media-2' },
    });
    expect(item.parameters).toMatchObject({ inputs: { video: `sha256:${video?.sha256}` } });
  });
});
