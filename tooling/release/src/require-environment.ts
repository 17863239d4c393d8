/**
 * What the workflow must have put into the environment.
 *
 * @throws {Error} it has not.
 */
export function requireEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Set it as the workflows in .github do.`);
  return value;
}
