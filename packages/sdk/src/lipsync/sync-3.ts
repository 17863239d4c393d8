import { askForCost, defaultNumberResults, model, taskType } from '@sync3/generated/constants';
import type { Model } from '../tasks/model.js';
import type { LipsyncParams } from './parameters.js';
import { prepareTask } from './prepare-task.js';
import { readVideo } from './read-video.js';
import { validateTask } from './rules/validate-task.js';

/** Everything that is sync-3's own. Folders beside this one know it as a `Model`. */
export const sync3Model: Model<LipsyncParams> = {
  taskType,
  model,
  defaultNumberResults,
  askForCost,
  prepare: prepareTask,
  validate: validateTask,
  results: 'videos',
  readResult: readVideo,
};
