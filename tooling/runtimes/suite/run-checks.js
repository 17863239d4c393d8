/** Longest that one check may take, in ms: the first render on a busy machine takes ten seconds. */
const patienceMs = 60_000;

/**
 * Runs checks one after the other.
 *
 * @returns for each its name, whether it held, and if not, why.
 */
export async function runChecks(checks, bench) {
  const outcomes = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await withinPatience(check(bench));
      outcomes.push({ name, ok: true });
    } catch (error) {
      outcomes.push({ name, ok: false, error: describe(error) });
    }
  }
  return outcomes;
}

function withinPatience(work) {
  let timer;
  const late = new Promise((_, reject) => {
    const message = `It was not over within ${patienceMs} ms.`;
    timer = setTimeout(() => reject(new Error(message)), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** An error with its causes, in one line. */
function describe(error) {
  const { name, message, cause } = Object(error);
  const words = message === undefined ? String(error) : `${name}: ${message}`;
  return cause ? `${words} <- ${describe(cause)}` : words;
}
