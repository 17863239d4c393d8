import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium as playwright } from 'playwright-core';
import { bundleFile } from '../bundle.ts';
import { createApplication, type ServerParts } from '../servers/application.ts';
import { startTestServer } from '../servers/test-server.ts';
import { findChromium } from './find-chromium.ts';
import { outcomesOf } from './outcomes-of.ts';
import { directPlace } from './place.ts';
import type { Report, Runtime } from './runtime.ts';

const keepsKey = 'the API key is in nothing that the browser has sent or received';
/** About the connection itself, which a proxy would hide. */
const withoutProxy = ['deaf', 'lost-answer', 'redirecting'];
