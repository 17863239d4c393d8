export type {
  LipsyncFromSegments,
  LipsyncFromText,
  LipsyncFromVoice,
  LipsyncParams,
  MediaSource,
} from './parameters.js';
export type { Issue } from './rules/issue.js';
export { validateTask } from './rules/validate-task.js';
