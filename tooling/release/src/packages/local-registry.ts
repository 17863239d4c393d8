import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { installedVersions } from './installed-packages.ts';
import type { Manifest } from './published-packages.ts';

/** A registry on 127.0.0.1 for one run. */
export interface LocalRegistry {
  /** What npm needs to use it as a workflow does: the address, and an identity instead of a token. */
  environment: Record<string, string>;
  /** What was published to it, as name@version, in this order. */
  published: string[];
  close(): Promise<void>;
}

/** What npm sends to publish a version. */
interface Publication {
  versions: Record<string, Manifest>;
  _attachments: Record<string, { data: string }>;
}

/**
 * Starts a registry that takes what npm publishes. It lets in whoever shows the identity of a
 * workflow, as npm's own registry does for a trusted publisher. Of what this repository has installed
 * it knows the names and versions: npm gets folders with nothing but a manifest.
 */
export async function startLocalRegistry(): Promise<LocalRegistry> {
  const versions = new Map<string, { manifest: Manifest; tarball: Buffer }>();
  const [identity, token] = [identityToken(), randomUUID()];
  // npm, which does not try again here, may send on a connection that Node ends after 5 s.
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', url).pathname.slice(1));
    const { authorization } = request.headers;
    if (path === 'identity') {
      send(response, 200, { value: identity });
    } else if (path.startsWith('-/npm/v1/oidc/token/exchange/package/')) {
      const isKnown = authorization === `Bearer ${identity}`;
      send(response, isKnown ? 201 : 401, isKnown ? { token } : {});
    } else if (request.method !== 'PUT') {
      answer(response, path);
    } else if (authorization !== `Bearer ${token}`) {
      send(response, 401, {});
    } else {
      void take(request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent: Publication = JSON.parse((await buffer(request)).toString());
    const [manifest] = Object.values(sent.versions);
    const [attachment] = Object.values(sent._attachments);
    const key = `${manifest?.name}@${manifest?.version}`;
    if (!manifest || !attachment) {
      send(response, 400, {});
    } else if (versions.has(key)) {
      const error = `You cannot publish over the previously published versions: ${manifest.version}.`;
      send(response, 403, { error });
    } else {
      versions.set(key, { manifest, tarball: Buffer.from(attachment.data, 'base64') });
      send(response, 201, {});
    }
  }

  /** A package, a version of it, or the file of a version. */
  function answer(response: ServerResponse, path: string): void {
    const [, name = '', file, version] =
      /^((?:@[^/]+\/)?[^/]+)(?:\/(-\/)?([^/]+))?$/.exec(path) ?? [];
    const manifests = manifestsOf(name);
    const manifest = manifests[version ?? Object.keys(manifests).at(-1) ?? ''];
    const body = { name, 'dist-tags': { latest: manifest?.version }, versions: manifests };
    if (manifest && file) sendTarball(response, manifest);
    else send(response, manifest ? 200 : 404, (version ? manifest : body) ?? {});
  }

  /** By version: what was published here, or else what is installed. */
  function manifestsOf(name: string): Record<string, Manifest> {
    const own = [...versions.values()].map(({ manifest }) => manifest);
    const published = own.filter((manifest) => manifest.name === name);
    const installed = [...installedVersions(name).keys()].map((version) => ({ name, version }));
    const manifests: Manifest[] = published.length > 0 ? published : installed;
    return Object.fromEntries(
      manifests.map((manifest) => {
        const { version } = manifest;
        return [version, { ...manifest, dist: { tarball: `${url}${name}/-/${version}` } }];
      }),
    );
  }

  function sendTarball(response: ServerResponse, { name, version }: Manifest): void {
    const own = versions.get(`${name}@${version}`);
    const folder = installedVersions(name).get(version);
    if (own) {
      response.end(own.tarball);
    } else if (folder) {
      const manifest = join(basename(folder), 'package.json');
      spawn('tar', ['-cf', '-', '-C', dirname(folder), manifest]).stdout.pipe(response);
    }
  }

  return {
    environment: {
      npm_config_registry: url,
      // Somebody's own settings could name another registry for our scope.
      npm_config_userconfig: devNull,
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}identity`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
    },
    get published() {
      return [...versions.keys()];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/**
 * What GitHub says about a workflow, as far as npm reads it. The repository is called private, since
 * npm would otherwise sign the package with a public service.
 */
function identityToken(): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode({ alg: 'none' })}.${encode({ repository_visibility: 'private' })}.none`;
}
