export type { Choice, Parameter } from './parameter.gen.js';
export { parameters } from './parameters.gen.js';
