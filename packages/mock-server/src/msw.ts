export { type MockHandlers, type MockHandlersOptions, mockHandlers } from './msw/mock-handlers.js';
