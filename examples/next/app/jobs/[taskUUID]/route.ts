import { findJob } from '../../../server/jobs.ts';
import { owns } from '../../../server/owners.ts';
import { hasSession } from '../../../server/sessions.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ taskUUID: string }> },
): Promise<Response> {
  if (!hasSession(request)) {
    return Response.json({ message: 'Start a session first.' }, { status: 401 });
  }
  const { taskUUID } = await params;
  const job = owns(request, taskUUID) && findJob(taskUUID);
  return job
    ? Response.json(job)
    : Response.json({ message: 'There is no such job.' }, { status: 404 });
}
