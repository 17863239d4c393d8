export type { Database, Parameter, Queries, QueryOptions } from './database/database.js';
export { type DatabaseOptions, openDatabase } from './database/open-database.js';
export type { PostgresOptions } from './database/postgres-database.js';
export { BatchError } from './errors/batch-error.js';
export { DatabaseInUseError, DatabaseUnavailableError } from './errors/database-errors.js';
export { ManifestError } from './errors/manifest-error.js';
export { countItems, type ItemCounts } from './ledger/count-items.js';
export {
  type DeliveredFile,
  findItems,
  type Item,
  type ItemError,
  type MediaReference,
} from './ledger/item.js';
export type { ItemState } from './ledger/item-state.js';
export {
  type ItemChanges,
  type KnownItem,
  moveItem,
  retryItem,
  takeItems,
} from './ledger/move-item.js';
export {
  findUpload,
  finishUpload,
  parametersWithMedia,
  releaseUpload,
  takeUpload,
  type Upload,
  type UploadName,
} from './ledger/uploads.js';
export type { LineProblem } from './manifest/line-problem.js';
export { Manifest } from './manifest/manifest.js';
export { outputFiles } from './manifest/output-name.js';
export type { ReadReport } from './manifest/text-blocks.js';
export {
  type BatchItem,
  type PlanOptions,
  type PlanSummary,
  planBatch,
} from './plan/plan-batch.js';
