import { ApiError, Sync3Error, ValidationError } from '@sync3/sdk';
import * as secondCopy from 'second-copy';
import { expectEqual, expectError, expectTrue, rejectionOf } from '../expect.js';
import { sampleJob } from './sample-job.js';

export const errorChecks = {
  async 'wrong parameters are a ValidationError, and nothing is sent'({ client, arrivals }) {
    const audio = new Blob(['RIFF'], { type: 'audio/wav' });
    const inputs = { video: 'https://example.com/talk.mp4', audio };
    const settings = { syncMode: 'loop' };
    const error = await rejectionOf(client('untouched').lipsync.run({ inputs, settings }));
    expectError(error, ValidationError);
    expectEqual(
      error.issues.map(({ path }) => path),
      ['/settings/syncMode'],
      'The paths of the issues',
    );
    expectEqual(await arrivals('untouched'), [], 'The list of arrivals');
  },

  async 'errors are told apart across two copies of the package'({ client }) {
    const error = await rejectionOf(client('refusing').lipsync.run(sampleJob));
    expectError(error, ApiError);
    expectTrue(!(error instanceof secondCopy.Sync3Error), 'There is only one copy.');
    expectTrue(secondCopy.Sync3Error.is(error), 'The other Sync3Error does not know it.');
    expectTrue(secondCopy.ApiError.is(error), 'The other ApiError does not know it.');
    expectTrue(!secondCopy.ValidationError.is(error), 'The other ValidationError claims it.');
    expectTrue(!Sync3Error.is(new TypeError('foreign')), 'A TypeError is taken for one of ours.');
    expectEqual(
      [error.name, error.status, error.code, error.parameter],
      ['ApiError', 400, 'invalidParameter', 'inputs.video'],
      'What the error tells',
    );
  },
};
