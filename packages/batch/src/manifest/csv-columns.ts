/** How the cells of a column are read. */
export type CellType = 'string' | 'number' | 'boolean' | 'JSON';

/**
 * The columns that a CSV may have: each leaf of the request schema by its dotted path, read as its
 * type says, lists as JSON. A test holds this against the schema.
 */
export const csvColumns: Readonly<Record<string, CellType>> = {
  key: 'string',
  output: 'string',
  'inputs.video': 'string',
  'inputs.audio': 'string',
  'speech.text': 'string',
  'speech.voice': 'string',
  'settings.activeSpeakerDetection.autoDetect': 'boolean',
  'settings.activeSpeakerDetection.boundingBoxes': 'JSON',
  'settings.activeSpeakerDetection.coordinates': 'JSON',
  'settings.activeSpeakerDetection.frameNumber': 'number',
  'settings.segments': 'JSON',
  'settings.syncMode': 'string',
  'settings.tts.provider': 'string',
  'settings.tts.stability': 'number',
  'settings.tts.similarityBoost': 'number',
  webhookURL: 'string',
  includeCost: 'boolean',
  numberResults: 'number',
  uploadEndpoint: 'string',
  ttl: 'number',
  outputType: 'string',
  outputFormat: 'string',
  outputQuality: 'number',
  deliveryMethod: 'string',
  'safety.checkContent': 'boolean',
  'safety.mode': 'string',
};

/** Columns that no CSV can do without. */
const required = ['inputs.video'];

/**
 * Checks the header of a CSV.
 *
 * @returns what is wrong with it; `undefined` when all is well.
 */
export function faultOfHeader(names: readonly string[]): string | undefined {
  const unknown = names.filter((name) => !Object.hasOwn(csvColumns, name));
  if (unknown.length > 0) {
    const list = unknown.map((name) => JSON.stringify(name)).join(', ');
    return `has columns that do not exist: ${list}. There are: ${Object.keys(csvColumns).join(', ')}.`;
  }
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) return `has no column ${missing.join(', ')}.`;
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) return `has the column ${repeated} twice.`;
  return undefined;
}

/**
 * Reads one cell that is not empty. What does not fit the type stays a string, and the rules say what
 * was wanted.
 *
 * @throws {SyntaxError} a cell that must be JSON is not.
 */
export function readCell(type: CellType, cell: string): unknown {
  const text = cell.trim();
  if (type === 'JSON') return JSON.parse(text);
  if (type === 'number' && /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return cell;
}
