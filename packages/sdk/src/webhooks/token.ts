/**
 * Query parameters that a webhook URL carries. They have a prefix because endpoints have parameters
 * of their own; Runware's documentation suggests `token` to them.
 */
export const taskParameter = 'sync3_task';
export const tokenParameter = 'sync3_token';

/** 32 bytes as base64url; of the last character only four bits count, so the other two are 0. */
const tokenPattern = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

/** HMAC-SHA256 of the taskUUID in lower case, as base64url. */
export async function tokenFor(secret: string, taskUUID: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyFrom(secret), bytesOf(taskUUID));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(signature)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
}

/**
 * Whether a token was made for the task with one of the secrets; takes equally long for every wrong
 * one.
 */
export async function isTokenFor(
  secrets: readonly string[],
  taskUUID: string,
  token: string,
): Promise<boolean> {
  if (!tokenPattern.test(token)) return false;
  const base64 = token.replaceAll('-', '+').replaceAll('_', '/');
  const signature = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bytes = bytesOf(taskUUID);
  const matches = await Promise.all(
    secrets.map(async (secret) =>
      crypto.subtle.verify('HMAC', await keyFrom(secret), signature, bytes),
    ),
  );
  return matches.includes(true);
}

/** Made anew each time: some runtimes allow no work before the first request. */
function keyFrom(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}

function bytesOf(taskUUID: string) {
  return new TextEncoder().encode(taskUUID.toLowerCase());
}
