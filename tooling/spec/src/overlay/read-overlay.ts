import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { type Path, parsePath } from './json-path.ts';
import { OverlayError } from './overlay-error.ts';

interface Place {
  /** File and line, such as `01-dialect.overlay.yaml:8`. */
  where: string;
  target: Path;
  /** The action as it stands in the file. */
  written: Record<string, unknown> & { target: string };
}

/** One action of an overlay: it names one place and does one thing there. */
export type Action =
  | (Place & { kind: 'update'; value: unknown })
  | (Place & { kind: 'copy'; source: Path })
  /** `removes`: what the overlay says that stands there. */
  | (Place & { kind: 'remove'; removes: unknown });

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

function readAction(written: Record<string, unknown>, where: string): Action {
  const { target } = written;
  const path = readPath(target, 'target', where);
  const place: Place = { where, target: path, written: { ...written, target: String(target) } };

  const kinds = ['update', 'remove', 'copy'].filter((kind) => kind in written);
  if (kinds.length !== 1) {
    const said = kinds.length === 0 ? 'none of them' : kinds.join(' and ');
    throw new OverlayError(
      `${where}: the action on "${target}" must have one of update, remove and copy; it has ${said}.`,
    );
  }
  if ('update' in written) return { ...place, kind: 'update', value: written['update'] };
  if ('copy' in written) {
    return { ...place, kind: 'copy', source: readPath(written['copy'], 'copy', where) };
  }
  if (written['remove'] !== true || path.length === 0) {
    throw new OverlayError(
      `${where}: the action on "${target}" must say "remove: true", and not on the whole document.`,
    );
  }
  return { ...place, kind: 'remove', removes: written['x-removes'] };
}

function readPath(text: unknown, field: string, where: string): Path {
  const path = typeof text === 'string' ? parsePath(text) : undefined;
  if (path) return path;
  throw new OverlayError(
    `${where}: the ${field} ${JSON.stringify(text)} is no JSONPath to one place. ` +
      `Write one such as "$.components.schemas.Segment" or "$.paths['/'].post".`,
  );
}
