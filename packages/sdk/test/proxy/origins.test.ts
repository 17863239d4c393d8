import { describe, expect, test } from 'vitest';
import { createProxyHandler } from '../../src/proxy/index.js';
import { question, runwareKey, serveProxy } from './serve-proxy.js';

/** Calls the handler as a server would that got this URL and these headers. */
async function call(url: string, headers: Record<string, string>, allowedOrigins?: string[]) {
  let sent = 0;
  const handler = createProxyHandler({
    apiKey: runwareKey,
    authorize: () => true,
    allowedOrigins,
    fetch: async () => {
      sent++;
      return Response.json({ data: [] }, { headers: { 'Retry-After': '1' } });
    },
  });
  const body = JSON.stringify([question]);
  const answer = await handler(new Request(url, { method: 'POST', body, headers }));
  return { answer, status: answer.status, sent };
}

describe('a page may call', () => {
  test.each([
    ['of no origin, as programs are', 'https://app.example/x', {}],
    ['of the origin of the URL', 'https://app.example/x', { Origin: 'https://app.example' }],
    ['of the same port', 'http://localhost:3000/x', { Origin: 'http://localhost:3000' }],
    ['when TLS ends in front', 'http://app.example/x', { Origin: 'https://app.example' }],
    [
      'when TLS ends in front, and the port stays',
      'http://app.example:443/x',
      { Origin: 'https://app.example', Host: 'app.example:443' },
    ],
    [
      'of the host in the Host header',
      'http://127.0.0.1:8080/x',
      { Origin: 'https://app.example:8443', Host: 'App.example:8443' },
    ],
  ])('%s', async (_, url, headers) => {
    await expect(call(url, headers)).resolves.toMatchObject({ status: 200, sent: 1 });
  });
});

describe('a foreign page may not call', () => {
  test.each([
    ['of another host', 'https://evil.example'],
    ['of a host that ends the same', 'https://evil-app.example'],
    ['of a host that begins the same', 'https://app.example.evil.example'],
    ['of a subdomain', 'https://evil.app.example'],
    ['of another port', 'https://app.example:8443'],
    ['of plain HTTP', 'http://app.example'],
    ['of no origin that can be told', 'null'],
    ['of an empty origin', ''],
    ['of two origins', 'https://app.example, https://evil.example'],
    ['of a path', 'https://app.example/'],
    ['with credentials', 'https://evil@app.example'],
    ['of an app of its own', 'evil://app.example'],
    ['of no URL', 'app.example'],
    ['of a host called null', 'https://null'],
  ])('%s', async (_, origin) => {
    const called = await call('https://app.example/x', { Origin: origin });
    expect(called).toMatchObject({ status: 403, sent: 0 });
    expect(called.answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
    await expect(called.answer.json()).resolves.toMatchObject({ errors: [{ code: 'forbidden' }] });
  });

  test.each(['evil.example', 'a b', '', 'evil.example/@app.example'])(
    'with the Host header "%s"',
    async (host) => {
      const headers = { Origin: 'https://elsewhere.example', Host: host };
      const called = await call('https://app.example/x', headers);
      expect(called).toMatchObject({ status: 403, sent: 0 });
    },
  );

  test('whatever a proxy in front may be made to claim', async () => {
    const called = await call('https://app.example/x', {
      Origin: 'https://evil.example',
      'X-Forwarded-Host': 'evil.example',
      Forwarded: 'host=evil.example',
    });
    expect(called).toMatchObject({ status: 403, sent: 0 });
  });

  test('over HTTP, and its budget is not touched', async () => {
    const { ask, origin, requests } = await serveProxy();
    const foreign = await ask([question], { headers: { Origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
    const neighbour = await ask([question], { headers: { Origin: 'http://127.0.0.1:1' } });
    expect(neighbour.status).toBe(403);
    expect(requests).toEqual([]);
    const own = await ask([question], { headers: { Origin: origin } });
    expect(own.status).toBe(200);
    expect(own.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });
});

describe('a page of an allowed origin', () => {
  const allowedOrigins = ['https://app.example', 'capacitor://localhost'];

  test.each(allowedOrigins)('%s may call and read the answer', async (origin) => {
    const { ask, requests } = await serveProxy({ allowedOrigins });
    const answer = await ask([question], { headers: { Origin: origin } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('Retry-After');
    expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    expect(answer.headers.get('Vary')).toBe('Origin');
    expect(requests).toHaveLength(1);
  });

  test('may read a refusal', async () => {
    const { ask } = await serveProxy({ allowedOrigins });
    const answer = await ask([], { headers: { Origin: 'https://app.example' } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
  });

  test('does not open the door to others', async () => {
    const { ask, requests } = await serveProxy({ allowedOrigins });
    for (const origin of ['https://app.example:444', 'http://app.example', 'capacitor://other']) {
      const answer = await ask([question], { headers: { Origin: origin } });
      expect(answer.status).toBe(403);
    }
    expect(requests).toEqual([]);
  });
});

describe('the question of a browser whether it may call', () => {
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,x-runware-dry-run',
    },
  });

  test('is answered with yes for an allowed origin, and nothing is sent', async () => {
    const { url, requests } = await serveProxy({ allowedOrigins: ['https://app.example'] });
    const answer = await fetch(url, preflight('https://app.example'));
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,content-type,x-runware-dry-run',
      'access-control-max-age': '7200',
    });
    expect(requests).toEqual([]);
  });

  test('is answered with no for every other', async () => {
    const { url, origin } = await serveProxy({ allowedOrigins: ['https://app.example'] });
    for (const other of ['https://evil.example', 'null']) {
      const answer = await fetch(url, preflight(other));
      expect(answer.status).toBe(403);
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
    }
    const own = await fetch(url, preflight(origin));
    expect(own.status).toBe(405);
  });
});
