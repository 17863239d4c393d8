/**
 * Whether a file is a video or audio, by its first bytes: MP4, MOV, WebM, Matroska, WAV, MP3, Ogg, FLAC,
 * AAC, MPEG-TS, M4A and others. Its name says nothing.
 *
 * @throws {Error} the file cannot be read.
 */
export async function isMedium(path: string): Promise<boolean> {
  // Loaded when a manifest names a local file.
  const { fileTypeFromFile } = await import('file-type');
  const type = await fileTypeFromFile(path);
  return type !== undefined && /^(video|audio)\/|^application\/ogg$/.test(type.mime);
}
