/** A fault of a database: what is done about it, and what a person is told. */
export interface Fault {
  /**
   * - `reconnect`: the connection is gone. A statement that was sent may have been carried out.
   * - `repeat`: the database refused the statement and carried out nothing of it. The same may work in
   *   a moment.
   * - `stop`: waiting mends nothing.
   */
  treatment: 'reconnect' | 'repeat' | 'stop';
  /** What is wrong and what to do, as the rest of a sentence that begins with the database. */
  told: string;
}

/** SQLSTATEs of PostgreSQL (appendix A of its manual) and of its class in two characters; and errnos. */
const faults = new Map<string, Fault>();

function add(treatment: Fault['treatment'], told: string, codes: readonly string[]): void {
  for (const code of codes) faults.set(code, { treatment, told });
}

add('reconnect', 'does not answer. Check that it runs and can be reached.', [
  '08',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // The socket file of a server that is not running.
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
add('reconnect', 'is ending or starting.', ['57P01', '57P02', '57P03']);
add('reconnect', 'has no connection left. Raise its max_connections, or use a pooler.', ['53300']);
add('reconnect', 'ended a connection that was silent for too long.', ['25P03', '25P04', '57P05']);

add('repeat', 'takes no changes: it is read-only, as after a failover.', ['25006']);
add('repeat', 'undid a change that met another one.', ['40', '40001', '40P01']);
add('repeat', 'did not get a lock in time.', ['55P03']);
add('repeat', 'cancelled a statement; its statement_timeout may be short.', ['57', '57014']);
add('repeat', 'has no room on its disk. Free some.', ['53100', 'ENOSPC', 'EDQUOT']);
add('repeat', 'has too few file handles. Raise the limit (ulimit -n).', [
  'EMFILE',
  'ENFILE',
  '53000',
]);
add('repeat', 'has too little memory or another resource.', ['53']);
add('repeat', 'cannot read or write its files.', ['58', 'EIO']);

add(
  'stop',
  'refuses a right that its user lacks. For a new ledger: grant create on database … to its user. For ' +
    'one that is there: grant usage on schema sync3, sync3_queue to …; grant select, insert, update, ' +
    'delete on all tables in schema sync3, sync3_queue to …',
  ['42501'],
);
add('stop', 'refuses the login. Check the user and the password.', ['28']);
add('stop', 'does not exist. Check its name in the URL.', ['3D000', '57P04']);
add('stop', 'reports damage to its data. Restore it from a copy.', ['XX001', 'XX002']);
add('stop', 'reports a fault of its own.', ['XX']);
add('stop', 'has no usable address. Check the URL.', ['ERR_INVALID_URL']);
add(
  'stop',
  'has a certificate of an authority that this machine does not know. Name the root certificate: ' +
    'sslrootcert=/path/to/root.pem in the URL. (sslmode=no-verify encrypts without proof of who answers.)',
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ],
);
add('stop', 'has a certificate for another name. Use the host name that it is for.', [
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
add(
  'stop',
  'has a certificate that is not valid now. Renew it, or set the clock of this machine.',
  ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
);

/** @returns what is known of an error by its code; `undefined` when it is no fault of the database. */
export function faultOf(error: unknown): Fault | undefined {
  const { code, errors } = Object(error);
  // What a host with several addresses gives.
  if (Array.isArray(errors)) return errors.map(faultOf).find((fault) => fault !== undefined);
  if (typeof code !== 'string') return undefined;
  const isSqlState = /^[0-9A-Z]{5}$/.test(code);
  return faults.get(code) ?? (isSqlState ? faults.get(code.slice(0, 2)) : undefined);
}
