import { defaultVoice, taskConstants } from '@sync3/generated/constants';

/** What the SDK fills in where the parameters of a job leave it out. */
export interface Constants {
  taskType: string;
  model: string;
  /** Absent when Runware's document has none. */
  deliveryMethod?: string;
  /** Of `speech`. */
  voice?: string | undefined;
}

/** What the SDK fills in now. */
export const currentConstants: Readonly<Constants> = {
  ...taskConstants,
  voice: defaultVoice,
};

/**
 * What the SDK filled in when version 1 of the ledger was made. Never to be changed, whatever Runware's
 * document says by now: payload hashes are made with it, and a row that names no constants was sent with
 * it.
 */
export const firstConstants: Readonly<Constants> = {
  taskType: 'videoInference',
  model: 'sync:lipsync@3',
  deliveryMethod: 'async',
  voice: 'auto',
};
