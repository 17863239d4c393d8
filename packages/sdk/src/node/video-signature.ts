/** Bytes of a file that `isVideo` looks at. */
export const signatureLength = 8;

/** What a file of the ISO base media format or of QuickTime may begin with. */
const boxes = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'pnot']);
/** The same, but English words at once. */
const paddingBoxes = new Set(['free', 'skip', 'wide']);
/** The first element of WebM and Matroska (RFC 8794, 11.2.1). */
const ebml = '1a45dfa3';

/** Whether a file that begins so is an MP4, a MOV, a WebM or a relative of theirs. */
export function isVideo(head: Buffer): boolean {
  if (head.toString('hex', 0, 4) === ebml) return true;
  const type = head.toString('latin1', 4, signatureLength);
  // Text has no control character in the place of the size of such a box.
  return boxes.has(type) || (paddingBoxes.has(type) && Number(head[0]) < 0x20);
}
