/**
 * A program of its own: makes a new PGlite database in the folder that its argument names, and ends.
 * To make one takes several times the memory that it takes to use it.
 */
import { PGlite } from '@electric-sql/pglite';

const pglite = await PGlite.create(`${process.argv[2]}`);
await pglite.close();
