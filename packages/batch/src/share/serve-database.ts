import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Database } from '../database/database.js';
import { type ServeOptions, serveClient } from './serve-client.js';
import { makeSocketPlace, tellSocket } from './socket-place.js';

/**
 * Serves the database of a directory to other processes of this user, over a socket that the directory
 * names. PGlite has one session, so a client's transaction has it alone until it ends, like those of
 * this process.
 *
 * @returns a function that ends all connections and removes the socket.
 */
export async function serveDatabase(
  database: Database,
  directory: string,
  options: ServeOptions,
): Promise<() => Promise<void>> {
  const place = await makeSocketPlace(directory);
  const ends = new Set<() => Promise<void>>();
  const server = createServer((socket) => {
    // A client that is there does not keep this process from ending.
    socket.unref();
    // What the client does without: it has ended.
    socket.on('error', () => {});
    const end = serveClient(socket, database, options);
    ends.add(end);
    socket.on('close', () => void ends.delete(end));
  });
  server.listen(place.path);
  try {
    await once(server, 'listening');
    server.unref();
    if (process.platform !== 'win32') await chmod(place.path, 0o600);
    await tellSocket(directory, place.path);
  } catch (error) {
    server.close();
    await place.remove();
    throw error;
  }
  return async () => {
    server.close();
    await Promise.all([...ends].map((end) => end()));
    await place.remove();
  };
}
