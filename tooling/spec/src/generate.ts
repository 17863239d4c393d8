import { writeFile } from 'node:fs/promises';
import { compose, print } from './compose.ts';
import { generateClient } from './generate-client.ts';
import { locations } from './locations.ts';
import { readUpstream } from './read-upstream.ts';
import { finishInterruptedReplacement } from './replacement/replace-files.ts';

await finishInterruptedReplacement(locations);
const document = await compose(await readUpstream(locations.upstream), locations.overlays);
await writeFile(locations.composed, print(document));
await generateClient(document, locations.generatedClient);
