import { createServer } from 'node:http';
import { toNodeListener } from '@sync3/sdk/node';
import { answer } from './application.ts';

const { PORT = '3000' } = process.env;
const server = createServer(toNodeListener(answer, { onError: console.error }));
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}`));
