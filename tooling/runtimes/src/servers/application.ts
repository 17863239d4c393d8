import type { Listener } from './test-server.ts';

/** The parts of the installed package that a server uses. */
export interface ServerParts {
  createProxyHandler(options: {
    apiKey: string;
    baseUrl: string;
    authorize(request: Request): boolean;
    maxBodyBytes: number;
    allowWebhookURL: boolean;
  }): (request: Request) => Promise<Response>;
  toNodeListener(handler: (request: Request) => Promise<Response>): Listener;
}

/**
 * The web application of somebody who uses the SDK in the browser: a page, its script, and under
 * `/proxy/<scenario>` the proxy of the package, which alone has the API key.
 *
 * @param apiOf the API behind a proxy.
 */
export function createApplication(
  { createProxyHandler, toNodeListener }: ServerParts,
  script: string,
  session: string,
  apiKey: string,
  apiOf: (scenario: string) => string,
): Listener {
  const authorize = ({ headers }: Request) => headers.get('Authorization') === `Bearer ${session}`;
  return (request, response) => {
    const { url = '' } = request;
    const [, folder, scenario = ''] = url.split('/');
    if (folder === 'proxy') {
      const baseUrl = apiOf(scenario);
      // For the uploads and the webhooks of the checks.
      const doors = { maxBodyBytes: 100 * 2 ** 20, allowWebhookURL: true };
      const handler = createProxyHandler({ apiKey, baseUrl, authorize, ...doors });
      toNodeListener(handler)(request, response);
    } else if (url === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    } else if (url === '/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        '<!doctype html><title>sync3</title><script type="module" src="/page.js"></script>',
      );
    } else response.writeHead(404).end();
  };
}
