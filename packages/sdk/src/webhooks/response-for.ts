/** The texts are fixed: nothing that was sent or is secret can be in one. */
const texts: Record<number, string> = {
  200: 'Handled.',
  400: 'Not a delivery.',
  401: 'No valid token.',
  403: 'About another task.',
  405: 'POST only.',
  408: 'Too slow.',
  413: 'Too long.',
  500: 'A result could not be handled.',
  503: 'Not handled yet.',
};

/** The answer to a delivery. */
export function responseFor(status: number): Response {
  const headers = new Headers({ 'Content-Type': 'text/plain' });
  if (status === 405) headers.set('Allow', 'POST');
  // Seconds.
  if (status === 503) headers.set('Retry-After', '1');
  return new Response(texts[status], { status, headers });
}
