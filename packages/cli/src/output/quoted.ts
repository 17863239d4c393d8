/** An argument as a shell takes it. */
export function quoted(text: string): string {
  if (/^[\w./:@%+=,\\-]+$/.test(text)) return text;
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
