import { startSession } from '../../server/sessions.ts';

export function POST(): Response {
  return Response.json({ token: startSession() }, { status: 201 });
}
