import { writeFile } from 'node:fs/promises';
import { compose, print } from './compose.ts';
import { generateClient } from './generate-client.ts';
import { locations } from './locations.ts';

const document = await compose(locations.upstream, locations.overlays);
await writeFile(locations.composed, print(document));
await generateClient(document, locations.generatedClient);
