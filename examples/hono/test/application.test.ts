import { fileURLToPath } from 'node:url';
import { describeApplication } from '../../node-http/test/application-suite.ts';
import { startApplication } from '../../node-http/test/start-application.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

describeApplication((environment) => startApplication(folder, ['main.ts'], environment));
