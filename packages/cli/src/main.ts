#!/usr/bin/env node
import { argv } from 'node:process';
import { version } from './package-manifest.js';

// Scripts ask for it; the commands need five times as long to load.
if (argv.slice(2).join(' ') === '--version') console.log(version);
else await import('./run-cli.js');
