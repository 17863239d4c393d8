import Replicate from 'replicate';

export function run(auth: string, video: string, audio: string) {
  return new Replicate({ auth }).run('sync/lipsync-2', { input: { video, audio } });
}
