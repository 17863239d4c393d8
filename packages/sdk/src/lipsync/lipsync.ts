import type { LipsyncResult, TaskSnapshot } from '../results.js';
import { Jobs } from '../tasks/jobs.js';
import type { LipsyncParams } from './parameters.js';

/** Lip-sync jobs. */
export class Lipsync extends Jobs<LipsyncParams, TaskSnapshot, LipsyncResult> {}
