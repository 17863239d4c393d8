import { fileURLToPath } from 'node:url';
import { describeApplication } from './application-suite.ts';
import { startApplication } from './start-application.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

describeApplication((environment) => startApplication(folder, ['main.ts'], environment));
