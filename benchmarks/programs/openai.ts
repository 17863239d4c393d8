import OpenAI from 'openai';

export function run(apiKey: string, store: string, file_id: string) {
  return new OpenAI({ apiKey }).vectorStores.files.createAndPoll(store, { file_id });
}
