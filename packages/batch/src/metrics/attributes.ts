/**
 * Names of attributes: those of OpenTelemetry's semantic conventions where they have one, and our own
 * below `sync3`.
 */
export const attribute = {
  batch: 'sync3.batch.name',
  state: 'sync3.item.state',
  cost: 'sync3.cost.state',
  hold: 'sync3.hold.reason',
  task: 'sync3.task.type',
  /** https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/ */
  error: 'error.type',
  /** https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/ */
  status: 'http.response.status_code',
} as const;

/**
 * A code as an attribute. Codes come from servers; what is none gets the value that the conventions keep
 * for it, so that no text of theirs becomes a time series.
 */
export function errorType(code: unknown): string {
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : '_OTHER';
}
