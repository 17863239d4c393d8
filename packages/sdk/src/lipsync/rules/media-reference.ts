import { isMediaReference, isUri, isUuid } from '../../wire/formats.js';
import { format } from './check.js';

export const uuid = format(isUuid, 'format', 'a UUID');
export const uri = format(isUri, 'format', 'a URL');

/** What to do with media that no URL names. */
export const localFile = 'give a local file as file(path) from @sync3/sdk/node, or as a Blob';

/** A media UUID or a URL of the media. */
export const mediaReference = format(
  isMediaReference,
  'anyOf',
  `a URL or a mediaUUID; ${localFile}`,
);
