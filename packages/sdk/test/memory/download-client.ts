// Downloads a small file and then a large one with the built package, and prints how far the memory
// grew with the large one.
import { saveVideo } from '@sync3/sdk/node';
import { startMemoryGauge } from './memory-gauge.ts';

const [smallURL = '', small = '', largeURL = '', large = ''] = process.argv.slice(2);
await saveVideo({ url: smallURL }, small);
const gauge = startMemoryGauge();
await saveVideo({ url: largeURL }, large, { onProgress: gauge.look });
console.log(JSON.stringify(gauge.figures()));
