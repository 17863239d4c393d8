/** What an item is made of that is planned as a new job, as SQL: nothing of the former job is left. */
export const withoutJob = `
  state = 'planned', error = null, files = '[]', estimated_cost = null, actual_cost = null,
  queued_at = null, submitted_at = null, rendered_at = null, settled_at = null, looks = 0,
  last_move = null, sent_constants = null, sent_webhook_url = null, announced_at = null,
  updated_at = now()`;
