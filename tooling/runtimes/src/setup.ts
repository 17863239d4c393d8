import type { TestProject } from 'vitest/node';
import { createPackedProject } from './packed-project.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the project that has the packed packages. */
    project: string;
  }
}

/** Packs and installs once for all tests. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { folder, remove } = await createPackedProject();
  provide('project', folder);
  return remove;
}
