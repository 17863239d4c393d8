export type { Issue } from '@sync3/generated/rules';
