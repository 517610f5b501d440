// The API page in headless Chromium: what it loads and from where, what the browser complains of, and whether a call from the
// page reaches the service.
import { chromium } from 'playwright-core';
import { done, settings, tell } from './run.mjs';

const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
page.on('request', request => tell({ loaded: request.url() }));
page.on('pageerror', error => tell({ problem: error.message }));
page.on('console', message => {
  if (['error', 'warning'].includes(message.type()))
    tell({ problem: message.text() });
});
await page.goto(`${settings.url}/docs`);
await page.getByText('Records one event of a guest, or several in their order.').first().waitFor();
tell({ title: await page.title() });
await browser.close();
done();
