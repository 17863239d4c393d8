/** Sends requests for the `fetch` of Node, as undici calls it. */
interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

/** Where undici, also the one within Node, keeps the dispatcher of the process. */
const globalDispatcher = Symbol.for('undici.globalDispatcher.1');

/**
 * What lifts the limits of Node's own `fetch`: 300 s for the headers of an answer, 300 s between two
 * pieces of its body. `timeoutMs` bounds them. The dispatcher of the process, such as one for a proxy,
 * still sends the request.
 *
 * @returns options for `fetch`; none where there are no such limits.
 */
export function liftNodeLimits(): { dispatcher?: Dispatcher } {
  const base = (globalThis as { [globalDispatcher]?: Dispatcher })[globalDispatcher];
  if (!base) return {};
  const dispatch: Dispatcher['dispatch'] = (options, handler) =>
    base.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler);
  return { dispatcher: Object.assign(Object.create(base), { dispatch }) };
}
