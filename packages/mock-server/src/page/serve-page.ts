import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { errorBody, sendJson } from '../send-json.js';

/** The files of the page, by the last part of their URL. */
const files: Record<string, { file: string; mediaType: string }> = {
  '': { file: 'index.html', mediaType: 'text/html; charset=utf-8' },
  'page.css': { file: 'page.css', mediaType: 'text/css; charset=utf-8' },
  'icon.svg': { file: 'icon.svg', mediaType: 'image/svg+xml' },
  ...Object.fromEntries(
    [
      'page',
      'connection',
      'deviations',
      'task-list',
      'task-detail',
      'timeline',
      'media',
      'json',
      'elements',
    ].map((name) => [
      `${name}.js`,
      { file: `${name}.js`, mediaType: 'text/javascript; charset=utf-8' },
    ]),
  ),
};

/**
 * Sends a file of the page, or 404. What a request has said is shown on this page, so it may load
 * nothing from elsewhere but media, from this machine or, if asked for, from any host.
 */
export async function servePage(
  name: string,
  allowOutbound: boolean,
  response: ServerResponse,
): Promise<void> {
  const found = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!found) {
    const message = `There is no /__mock/${name}.`;
    sendJson(response, { status: 404, body: errorBody('notFound', message) });
    return;
  }
  const content = await readFile(new URL(`browser/${found.file}`, import.meta.url));
  const mediaHosts = allowOutbound ? 'http: https:' : 'http://127.0.0.1:* http://localhost:*';
  response.writeHead(200, {
    'content-type': found.mediaType,
    'content-length': content.length,
    'referrer-policy': 'no-referrer',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      `media-src 'self' ${mediaHosts}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  });
  response.end(content);
}
