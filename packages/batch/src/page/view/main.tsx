import { render } from 'preact';
import type { PageData } from '../page-content.js';
import { LivePage } from './live-page.js';
import { SavedPage } from './saved-page.js';

const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as PageData;
const root = document.getElementById('page') as HTMLElement;
render(data.kind === 'live' ? <LivePage {...data} /> : <SavedPage {...data} />, root);
