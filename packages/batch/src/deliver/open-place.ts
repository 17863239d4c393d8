import { FolderPlace } from './folder-place.js';
import type { OutputPlace } from './output-place.js';

/**
 * The place that an option names. Nothing is looked at yet.
 *
 * @param location a folder.
 */
export function openPlace(location: string): OutputPlace {
  return new FolderPlace(location);
}
