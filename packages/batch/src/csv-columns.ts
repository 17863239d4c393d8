export { type CellType, csvColumns } from './manifest/csv-columns.js';
