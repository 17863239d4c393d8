const hook = new URL('renamed-model.ts', import.meta.url);

/** Arguments for Node: the program has the SDK of a document in which the model has another name. */
export function renamedTo(model: string): string[] {
  return ['--import', `${hook.href}?${new URLSearchParams({ model })}`];
}
