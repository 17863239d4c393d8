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
  urlPaths,
} from './constants.gen.js';
