// Loaded before a program (`--import`): what the SDK and the generated package call the model has the
// name that the query of this module's URL says, as if Runware's document had renamed it.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const constants = new URL('../document.js', import.meta.resolve('@sync3/generated/constants'));
const [, model = ''] = /model = "(.+)"/.exec(readFileSync(constants, 'utf8')) ?? [];
const renamed = `${new URL(import.meta.url).searchParams.get('model')}`;
const isAboutModel = /\/packages\/(generated|sdk)\/dist\//;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!isAboutModel.test(url) || !loaded.source) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString();
    return { ...loaded, source: source.replaceAll(model, renamed) };
  },
});
