import type { Change } from './change.ts';
import { asides, proseChange } from './document-changes.ts';
import { isObject, type JsonObject } from './pointer.ts';
import { code } from './words.ts';

/** Where requests go: the first server; the others are for those who choose one. */
export function changesOfAddress(
  old: JsonObject,
  current: JsonObject,
  oldPath: string,
  path: string,
): Change[] {
  const serversOf = (document: JsonObject, suffix: string) =>
    [document['servers'] ?? []]
      .flat()
      .filter(isObject)
      .map((server) => ({
        server,
        url: `${server['url']}`.replace(/\/$/, '') + (suffix === '/' ? '' : suffix),
      }));
  const [before, now] = [serversOf(old, oldPath), serversOf(current, path)];
  const changes: Change[] = [];
  const add = (group: Change['group'], position: number, text: string) => {
    changes.push({ group, field: '', pointer: `#/servers/${position}/url`, text });
  };
  const [wasFirst, first] = [before[0]?.url, now[0]?.url];
  if (wasFirst !== first) {
    add(
      'Breaking',
      0,
      `The API's address is ${code(first)} now (before: ${code(wasFirst)}). ${baseUrl}`,
    );
  }
  now.forEach(({ url, server }, position) => {
    const known = before.find((one) => one.url === url);
    if (known) {
      const pointer = `#/servers/${position}`;
      const words = [known.server['description'], server['description']] as const;
      changes.push(
        ...proseChange("The API's address", 'description', ...words, `${pointer}/description`),
      );
      changes.push(...asides(known.server, server, pointer, ['url', 'description']));
    } else if (position > 0) add('Added', position, `The API is also at ${code(url)}.`);
  });
  before.forEach(({ url }, position) => {
    if (position === 0 || now.some((one) => one.url === url)) return;
    add('Breaking', position, `The API is no longer at ${code(url)}.`);
  });
  return changes;
}

const baseUrl = 'Give it as the base URL if you set your own.';
