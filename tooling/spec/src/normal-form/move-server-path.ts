import { isObject, type JsonObject } from '../diff/pointer.ts';

/**
 * Puts the path of the server's URL into the paths of the document. A path is appended to the URL of
 * the server, so upstream's server `…/v1` and path `/` make `…/v1/` (OpenAPI 3.1.1, section 4.8.8.1).
 * The API is `https://api.runware.ai/v1` (runware.ai/docs/platform/authentication); what it answers to
 * `…/v1/` is not documented. The paths can follow one server only: others that have another path at
 * their end are left out.
 */
export function moveServerPath(document: JsonObject): JsonObject {
  const servers = Array.isArray(document['servers']) ? document['servers'].filter(isObject) : [];
  const prefix = splitUrl(servers[0])?.path ?? '';
  const moved = servers.flatMap((server) => {
    const parts = splitUrl(server);
    if (parts === undefined) return [server];
    return parts.path === prefix ? [{ ...server, url: parts.origin }] : [];
  });
  const paths = Object.entries(Object(document['paths'])).map(([path, item]) => [
    path.startsWith('/') && prefix !== '' ? prefix + (path === '/' ? '' : path) : path,
    item,
  ]);
  return {
    ...document,
    ...(servers.length > 0 && { servers: moved }),
    paths: Object.fromEntries(paths),
  };
}

/** @returns nothing for what is no absolute URL. */
function splitUrl(server: JsonObject | undefined) {
  const [, origin, path = ''] =
    /^([a-z][a-z\d+.-]*:\/\/[^/?#]+)(\/[^?#]*)?$/i.exec(String(server?.['url'])) ?? [];
  return origin === undefined ? undefined : { origin, path: path.replace(/\/+$/, '') };
}
