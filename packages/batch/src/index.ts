export type {
  Database,
  Parameter,
  Queries,
  QueryOptions,
  TransactionOptions,
} from './database/database.js';
export {
  type DatabaseOptions,
  openDatabase,
} from './database/open-database.js';
export type { PgliteOptions } from './database/pglite-database.js';
export type { PostgresOptions } from './database/postgres-database.js';
export type { WaitListener } from './database/waiting.js';
export { type RestoreOptions, type RestoreSummary, restoreFiles } from './deliver/restore-files.js';
export { BatchError } from './errors/batch-error.js';
export { DatabaseInUseError, DatabaseUnavailableError } from './errors/database-errors.js';
export { ManifestError } from './errors/manifest-error.js';
export { type ExportOptions, exportResults } from './export/export-results.js';
export type { ExportedItem } from './export/exported-item.js';
export { type BatchLimits, setLimits } from './ledger/batch-limits.js';
export { type BatchStanding, readStanding } from './ledger/batch-standing.js';
export { type BatchCosts, readCosts } from './ledger/costs.js';
export { countItems, type ItemCounts } from './ledger/count-items.js';
export { countRetryable } from './ledger/count-retryable.js';
export type { Hold } from './ledger/hold.js';
export type { DeliveredFile, Item, ItemError, MediaReference } from './ledger/item.js';
export type { ItemState } from './ledger/item-state.js';
export { type ListOptions, listItems } from './ledger/list-items.js';
export { forgetUploads } from './ledger/uploads.js';
export { findWorkers, type WorkerInfo } from './ledger/workers.js';
export { readWrongEstimates, type WrongEstimates } from './ledger/wrong-estimates.js';
export type { ReadReport } from './manifest/byte-pieces.js';
export type { RawItem } from './manifest/check-item.js';
export type { LineProblem } from './manifest/line-problem.js';
export { Manifest, type ManifestOptions } from './manifest/manifest.js';
export type { ManifestEntry } from './manifest/manifest-entry.js';
export type { Health } from './metrics/health.js';
export type { MeterProvider } from './metrics/meter-provider.js';
export { type ObserveOptions, observeBatch } from './metrics/observe-batch.js';
export { type HealthOptions, serveHealth } from './metrics/serve-health.js';
export { type LivePage, type PageOptions, servePage } from './page/serve-page.js';
export { type ReportOptions, writeReport } from './page/write-report.js';
export {
  type BatchItem,
  type Plannable,
  type PlanOptions,
  type PlanSummary,
  planBatch,
} from './plan/plan-batch.js';
export { type PlanChange, PlanChangesError, type PlanDifference } from './plan/plan-difference.js';
export { type RecoverOptions, recoverLedger } from './recover/recover-ledger.js';
export type { RecoverSummary } from './recover/recover-summary.js';
export type { LocalServer } from './serve/local-server.js';
export type { DirectoryOptions } from './share/directory-options.js';
export { cancelItems } from './steer/cancel-items.js';
export { dropItems } from './steer/drop-items.js';
export { type ItemLife, itemLife, type Move } from './steer/item-life.js';
export { pauseBatch, resumeBatch } from './steer/pause-batch.js';
export { type Replacement, type ReplaceOptions, replaceItem } from './steer/replace-item.js';
export { retryItems } from './steer/retry-items.js';
export type { ItemSelection, Refusal, SteerSummary } from './steer/selection.js';
export { setPriority } from './steer/set-priority.js';
export {
  type BatchWebhookOptions,
  createBatchWebhookHandler,
} from './webhooks/create-batch-webhook-handler.js';
export {
  type DeliveryReceiver,
  type ReceiveOptions,
  receiveDeliveries,
} from './webhooks/receive-deliveries.js';
export {
  type BatchEstimate,
  type EstimateBatchOptions,
  estimateBatch,
} from './work/estimate-batch.js';
export { retryFailed } from './work/retry-failed.js';
export { defaultRetryRules, type RetryRule } from './work/retry-rules.js';
export { workOnBatch } from './work/work-on-batch.js';
export type { WebhookOptions, WorkEvent, WorkOptions, WorkSummary } from './work/work-options.js';
