export {
  baseUrl,
  defaultNumberResults,
  defaults,
  defaultVoice,
  deliveryMethod,
  model,
  taskType,
} from './constants.gen.js';
