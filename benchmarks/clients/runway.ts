import { openAsBlob } from 'node:fs';
import RunwayML from '@runwayml/sdk';
import { apiKey, type Connect, videoUrl } from './job-client.ts';

export const connect: Connect = (serverUrl) => {
  const client = new RunwayML({ apiKey, baseURL: serverUrl });
  const create = (label: string) =>
    client.characterPerformance.create({
      model: 'act_two',
      character: { type: 'video', uri: videoUrl('character') },
      reference: { type: 'video', uri: videoUrl(label) },
    });
  return {
    submit: async (label) => (await create(label)).id,
    status: (id) => client.tasks.retrieve(id),
    async run(label, onAccepted) {
      const created = create(label);
      created.then(onAccepted, () => {});
      const { output } = await created.waitForTaskOutput();
      return output[0] ?? '';
    },
    async upload(path) {
      // Its readme passes a stream, which it would gather in memory; this form costs it less.
      const file = new File([await openAsBlob(path)], 'talk.mp4', { type: 'video/mp4' });
      return client.uploads.createEphemeral({ file });
    },
  };
};
