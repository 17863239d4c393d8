import { FolderPlace } from './folder-place.js';
import type { OutputPlace } from './output-place.js';
import { isS3Location, readS3Settings } from './s3-settings.js';

/**
 * The place that an option names. Nothing is looked at yet.
 *
 * @param location a folder, or `s3://bucket/prefix`; see `readS3Settings` for the environment.
 * @throws {BatchError} a bucket is named wrongly, or its credentials are missing.
 */
export async function openPlace(location: string): Promise<OutputPlace> {
  if (!isS3Location(location)) return new FolderPlace(location);
  // Loaded when it is wanted.
  const [{ S3Bucket }, { S3Place }] = await Promise.all([
    import('./s3-bucket.js'),
    import('./s3-place.js'),
  ]);
  return new S3Place(new S3Bucket(readS3Settings(location)));
}
