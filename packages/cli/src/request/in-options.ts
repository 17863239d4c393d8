import { ValidationError } from '@sync3/sdk';
import { inOptionWords } from '../parameters/issue-words.js';
import { requestForm } from './request-options.js';

/** Lets what the rules find in a request that options have made speak of these options. */
export async function inOptions<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!ValidationError.is(error)) throw error;
    const { taskUUID, issues, cause } = error;
    const worded = issues.map((issue) => inOptionWords(issue, requestForm));
    throw new ValidationError(worded, { cause, ...(taskUUID !== undefined && { taskUUID }) });
  }
}
