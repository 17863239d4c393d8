import type { TestProject } from 'vitest/node';
import { makeTemplate } from './pglite-template.ts';
import { startPostgres } from './postgres-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of the PostgreSQL server that all tests share. */
    postgresPort: number;
    /** A migrated PGlite directory, to be copied. */
    pgliteTemplate: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('pgliteTemplate', await makeTemplate());
  const cluster = await startPostgres();
  project.provide('postgresPort', cluster.port);
  return () => cluster.remove();
}
