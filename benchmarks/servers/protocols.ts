import { fal } from './fal.ts';
import { instantRunware } from './instant-runware.ts';
import { openai } from './openai.ts';
import type { Protocol } from './protocol.ts';
import { replicate } from './replicate.ts';
import { runware } from './runware.ts';
import { runway } from './runway.ts';
import { syncSo } from './sync-so.ts';

/** Every protocol by its name. */
export const protocols = {
  runware,
  instantRunware,
  fal,
  replicate,
  openai,
  runway,
  syncSo,
} satisfies Record<string, Protocol>;

export type ProtocolName = keyof typeof protocols;
