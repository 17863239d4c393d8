import { nextMessage, startScript } from '../measure/child-script.ts';
import type { ServerReport } from './protocol.ts';
import type { ProtocolName } from './protocols.ts';

/** A server in a process of its own, so that its CPU time is not the client's. */
export interface RunningServer {
  /** `http://127.0.0.1:port`, without a path. */
  url: string;
  report(): Promise<ServerReport>;
  stop(): void;
}

/** @param plan how long each job takes, in ms; jobs outside it are done at once. */
export async function startServer(
  protocol: ProtocolName,
  plan: readonly number[] = [],
): Promise<RunningServer> {
  const child = startScript(new URL('serve.ts', import.meta.url), { protocol, plan });
  const url = await nextMessage<string>(child);
  return {
    url,
    async report() {
      const response = await fetch(`${url}/report`);
      return (await response.json()) as ServerReport;
    },
    stop: () => child.disconnect(),
  };
}
