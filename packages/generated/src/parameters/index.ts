export type { Choice, Parameter } from './parameter.gen.js';
export { type MediaName, parameters, type UrlName } from './parameters.gen.js';
