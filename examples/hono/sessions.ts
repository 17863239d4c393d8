import { randomUUID } from 'node:crypto';

const tokens = new Set<string>();

/**
 * Anybody gets a session here. A real application first checks who is asking, lets sessions end, and
 * keeps them in its database.
 */
export function startSession(): string {
  const token = randomUUID();
  tokens.add(token);
  return token;
}

/** The session of a caller, if there is one. */
export function sessionOf(request: Request): string | undefined {
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('Authorization') ?? '') ?? [];
  return tokens.has(token) ? token : undefined;
}

export function hasSession(request: Request): boolean {
  return sessionOf(request) !== undefined;
}
