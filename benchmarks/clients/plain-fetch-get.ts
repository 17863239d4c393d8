import { setTimeout } from 'node:timers/promises';
import { audioUrl, type Connect, videoUrl } from './job-client.ts';

/** As `plain-fetch.ts`, for a protocol whose looks are GET requests: sync.so's. */
export const connect: Connect = (serverUrl) => {
  const status = async (id: string) => {
    const response = await fetch(`${serverUrl}/v2/generate/${id}`);
    return (await response.json()) as { status: string; outputUrl: string };
  };
  const submit = async (label: string) => {
    const body = JSON.stringify({ input: [videoUrl(label), audioUrl] });
    const response = await fetch(`${serverUrl}/v2/generate`, { method: 'POST', body });
    return ((await response.json()) as { id: string }).id;
  };
  return {
    submit,
    status,
    async run(label, onAccepted) {
      const id = await submit(label);
      onAccepted();
      for (;;) {
        await setTimeout(2_000);
        const generation = await status(id);
        if (generation.status === 'COMPLETED') return generation.outputUrl;
      }
    },
  };
};
