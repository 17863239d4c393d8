/** How yargs reads arguments. */
export const parserSettings = {
  // Of two options of one name the last counts, and nothing but options is one.
  'duplicate-arguments-array': false,
  'boolean-negation': false,
  'dot-notation': false,
};
