// Pictures of the console for docs/support.md: scripts/screenshots.sh starts what this needs.
import { chromium } from 'playwright-core';
import { done, settings } from './run.mjs';
import { doubtful, guest, seed } from './seed.mjs';

await seed(settings);
const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
const shot = (name, full = false) => page.screenshot({ path: `${settings.folder}/${name}.png`, fullPage: full });

await page.goto(`${settings.url}/console`);
await page.getByRole('button', { name: 'an agent' }).click();
await page.getByRole('heading', { name: 'What people ask' }).waitFor();
await shot('console-find');
await page.goto(`${settings.url}/console/guests/${guest}`);
await page.getByRole('heading', { name: 'Timeline' }).waitFor();
await shot('console-guest', true);
await page.goto(`${settings.url}/console/guests/${guest}/events/${doubtful}`);
await page.getByRole('heading', { name: 'Attempts' }).waitFor();
await shot('console-event', true);
await browser.close();
done();
