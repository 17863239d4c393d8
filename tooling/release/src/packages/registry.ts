/** Where packages are published; npm reads the same variable. */
const registry = process.env['npm_config_registry'] ?? 'https://registry.npmjs.org/';

/**
 * Asks the registry.
 *
 * @throws {Error} it gives no clear answer.
 */
export async function isPublished(name: string, version: string): Promise<boolean> {
  const address = new URL(`${name.replace('/', '%2f')}/${version}`, registry);
  const signal = AbortSignal.timeout(30_000);
  const { ok, status } = await fetch(address, { signal, cache: 'no-store' });
  if (!ok && status !== 404) throw new Error(`${address} answered ${status}. Try again later.`);
  return ok;
}
