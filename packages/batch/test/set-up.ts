import { keepWorkers } from '../../mock-server/dist/media/kept-workers.js';

// Most tests have a mock server of their own.
keepWorkers();
