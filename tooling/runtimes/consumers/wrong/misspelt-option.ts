// expect: 'timeout' does not exist in type
import { Sync3 } from '@sync3/sdk';

export const sync3 = new Sync3({ apiKey: 'key', timeout: 1_000 });
