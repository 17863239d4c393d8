import { askForCost, model, taskType } from '@sync3/generated/constants';
import type { Row } from './exchange.js';
import type { Lab } from './lab.js';
import { sampleInputs } from './sample-media.js';

/** The job of the experiments: the sample clip says one second. */
export async function sampleTask(lab: Lab, more: Row = {}): Promise<Row> {
  return { ...bareTask(await sampleInputs(lab)), ...askForCost, ...more };
}

/**
 * A job whose voice nobody can fetch: it is accepted, if at all, only to fail. Its video is the
 * sample, so that it costs no more than the others if it costs anything.
 */
export async function failingTask(lab: Lab, more: Row = {}): Promise<Row> {
  const { video } = await sampleInputs(lab);
  const audio = 'https://example.com/sync3-conform/there-is-no-such-voice.wav';
  return { ...bareTask({ video, audio }), ...askForCost, ...more };
}

/** A job that breaks the document: it names no video. */
export function brokenTask(): Row {
  return { ...bareTask({}), taskUUID: crypto.randomUUID() };
}

function bareTask(inputs: Row): Row {
  return { taskType, model, deliveryMethod: 'async', inputs };
}
