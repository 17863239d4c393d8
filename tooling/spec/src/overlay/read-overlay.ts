import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { isObject, type JsonObject } from '../diff/pointer.ts';
import { type Path, parsePath } from './json-path.ts';
import { OverlayError } from './overlay-error.ts';

/** One action of an overlay: it names one place and says what is added there. */
export interface Action {
  /** File and line, such as `01-dialect.overlay.yaml:8`. */
  where: string;
  target: Path;
  value: unknown;
  /** What upstream says there and the action corrects; it is not needed where upstream says otherwise. */
  replaces?: JsonObject;
  /** The target as it stands in the file. */
  written: string;
}

/**
 * Reads the actions of an overlay file, in their order.
 *
 * @throws {OverlayError} when the file is not YAML, no overlay that this tool can apply, or has an
 *   action that does not say clearly where and what.
 */
export async function readOverlay(path: string): Promise<Action[]> {
  const file = basename(path);
  const lines = new LineCounter();
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;

  const text = await readFile(path, 'utf8');
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = yaml.errors[0];
  if (fault) throw new OverlayError(`${at(fault.pos[0])}: this is no YAML: ${fault.message}.`);

  const version = yaml.get('overlay');
  if (typeof version !== 'string' || !/^1\.1\.\d+$/.test(version)) {
    throw new OverlayError(
      `${file}:1: the version of the overlay is ${JSON.stringify(version)}. Write "overlay: 1.1.0".`,
    );
  }
  const actions = yaml.get('actions');
  if (!isSeq(actions)) throw new OverlayError(`${file}:1: the overlay has no list of "actions".`);
  return actions.items.map((node) => {
    if (!isMap(node)) throw new OverlayError(`${file}: every action has a "target".`);
    const where = at(node.range?.[0] ?? 0);
    try {
      return readAction(node.toJS(yaml), where);
    } catch (error) {
      if (error instanceof OverlayError) throw error;
      throw new OverlayError(`${where}: this is no YAML: ${(error as Error).message}`);
    }
  });
}

function readAction(written: JsonObject, where: string): Action {
  const { target, update, 'x-replaces': replaces } = written;
  const path = typeof target === 'string' ? parsePath(target) : undefined;
  if (!path) {
    throw new OverlayError(
      `${where}: the target ${JSON.stringify(target)} is no JSONPath to one place. ` +
        `Write one such as "$.components.schemas.Segment" or "$.paths.*.post".`,
    );
  }
  const others = Object.keys(written).filter((key) => !known.includes(key));
  if (update === undefined || others.length > 0) {
    const said = others.length > 0 ? others.join(' and ') : 'none';
    throw new OverlayError(
      `${where}: the action on "${target}" must have an update and nothing else; it has ${said}. ` +
        'To correct what upstream says, name it in "x-replaces".',
    );
  }
  const action = { where, target: path, value: update, written: String(target) };
  return isObject(replaces) ? { ...action, replaces } : action;
}

const known = ['target', 'update', 'x-replaces', 'description'];
