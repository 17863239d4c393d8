/**
 * A name from upstream as it goes into a message: as it is, or in quotes where it could pass for
 * something else, a second line or a command to the terminal.
 */
export const plainName = (name: string): string =>
  /^[\w$@.-]*$|^\[\]$/.test(name) ? name : JSON.stringify(name);
