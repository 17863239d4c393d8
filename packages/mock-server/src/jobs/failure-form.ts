/**
 * How `getResponse` tells of a failed result: in `errors`, with HTTP 400 when nothing else is in the
 * answer (`http400`); in `errors`, always with 200; or as a row of `data`, with 200.
 */
export type FailureForm = (typeof failureForms)[number];
export const failureForms = ['http400', 'errors', 'row'] as const;
