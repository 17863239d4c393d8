export {
  askForCost,
  baseUrl,
  defaultNumberResults,
  defaults,
  defaultVoice,
  mediaPaths,
  model,
  taskConstants,
  taskType,
} from './constants.gen.js';
