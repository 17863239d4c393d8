import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A task as it arrived. */
export type ReceivedTask = Record<string, unknown> & { taskType: string; taskUUID: string };

/** A request as it arrived. */
export interface ReceivedRequest {
  url: string | undefined;
  headers: IncomingMessage['headers'];
  tasks: ReceivedTask[];
}

/** What the server does with a request. */
export type Script = (request: ReceivedRequest, response: ServerResponse) => void;

/** A real HTTP server that does what a test says; it ends with the test. */
export async function startScriptedServer(script: Script) {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      // The client broke off; there is nobody to answer.
      return;
    }
    const text = Buffer.concat(chunks).toString();
    const { url, headers } = request;
    const received = { url, headers, tasks: text ? JSON.parse(text) : [] };
    requests.push(received);
    script(received, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests };
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** The row that says that a task was accepted. */
export function acknowledgement({ taskType, taskUUID }: ReceivedTask) {
  return { taskType, taskUUID };
}

/** A finished video. */
export function success(taskUUID: string, videoUUID = 'f47ac10b-58cc-4372-a567-0e02b2c3d479') {
  const videoURL = `https://vm.runware.ai/video/os/${videoUUID}.mp4`;
  return { taskType: 'videoInference', taskUUID, status: 'success', videoUUID, videoURL };
}

/** A result that is not ready. */
export function processing(taskUUID: string) {
  return { taskType: 'videoInference', taskUUID, status: 'processing' };
}

/** Accepts every submit and finishes it at once. */
export const cooperative: Script = ({ tasks }, response) => {
  const data = tasks.map((task) =>
    task.taskType === 'getResponse' ? success(task.taskUUID) : acknowledgement(task),
  );
  sendJson(response, 200, { data });
};
