export { at, isObject, type JsonObject } from '@sync3/generated/rules';
