/**
 * What a webhook carries: the task object itself, as Runware's own text says (runware-skills,
 * integrate-with-runware), or `{data:[…]}` and `{errors:[…]}`, as applications report to have got.
 */
export type WebhookPayload = 'flat' | 'enveloped';
