import { serve } from '@hono/node-server';
import { application } from './application.ts';

const { PORT = '3000' } = process.env;
serve({ fetch: application.fetch, hostname: '127.0.0.1', port: Number(PORT) }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
