import { BatchError } from '../errors/batch-error.js';

/** Where a bucket is, and who writes to it. */
export interface S3Settings {
  bucket: string;
  /** Parts of the prefix. */
  prefix: readonly string[];
  /** Of the bucket, without a slash at its end. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | undefined;
}

const namePattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Whether an option names a bucket, and not a folder. */
export function isS3Location(location: string): boolean {
  return /^s3:\/\//i.test(location);
}

/**
 * Reads `s3://bucket/prefix`, and what the standard environment says: `AWS_ACCESS_KEY_ID`,
 * `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION` (or `AWS_DEFAULT_REGION`), and
 * `AWS_ENDPOINT_URL_S3` (or `AWS_ENDPOINT_URL`) for a store other than that of AWS.
 *
 * @throws {BatchError} the location names no bucket, or a variable is missing or wrong. No message has a
 *   credential in it.
 */
export function readS3Settings(
  location: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): S3Settings {
  const [bucket = '', ...parts] = location.slice('s3://'.length).split('/');
  const prefix = parts.filter((part) => part !== '');
  if (!namePattern.test(bucket) || prefix.some((part) => part === '.' || part === '..')) {
    throw new BatchError(`"${location}" names no bucket. Write it as s3://bucket/prefix.`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) {
    throw new BatchError(
      `To write to "${location}", set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Profiles are not read.`,
    );
  }
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1';
  const endpoint = environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'];
  return {
    ...{ bucket, prefix, region, accessKeyId, secretAccessKey },
    url: endpoint ? `${originOf(endpoint)}/${bucket}` : awsUrl(bucket, region),
    sessionToken: environment['AWS_SESSION_TOKEN'] || undefined,
  };
}

/** A name with dots fits no certificate of AWS; such a bucket stands in the path. */
function awsUrl(bucket: string, region: string): string {
  const host = `s3.${region}.amazonaws.com`;
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

function originOf(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) {
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  }
  throw new BatchError(
    'AWS_ENDPOINT_URL_S3 (or AWS_ENDPOINT_URL) is not the address of a store, such as https://s3.example.com.',
  );
}
