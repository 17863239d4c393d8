export {
  baseUrl,
  defaultNumberResults,
  defaults,
  defaultVoice,
  deliveryMethod,
  mediaPaths,
  model,
  taskType,
} from './constants.gen.js';
