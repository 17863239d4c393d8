/** What a caller gets. */
export interface ProxyAnswer {
  status: number;
  /** JSON, without the API key; `null` for none. */
  body: string | null;
  headers?: Record<string, string> | undefined;
}

export function respond(answer: ProxyAnswer, crossOrigin: Record<string, string>): Response {
  const headers = new Headers({
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...crossOrigin,
    ...answer.headers,
  });
  if (answer.body !== null) headers.set('Content-Type', 'application/json');
  return new Response(answer.body, { status: answer.status, headers });
}
