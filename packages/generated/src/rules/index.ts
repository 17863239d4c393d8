// This file is generated from the composed document by tooling/spec/src/rules.

export { hasDecimals } from './decimals.gen.js';
export {
  at,
  type CrossField,
  fail,
  type Issue,
  isObject,
  type JsonObject,
  type Key,
  nameOf,
  type ObjectCheck,
  type Place,
  pointerOf,
  report,
} from './findings.gen.js';
export { isMediaReference, isUri, isUuid, localFile } from './formats.gen.js';
export { checkVideoInferenceTask } from './rules.gen.js';
