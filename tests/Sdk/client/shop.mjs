// A visitor of samples/shop in headless Chromium: looks, puts a bike into the basket, orders. Then a support agent finds the
// order and its journey in the console.
import { chromium } from 'playwright-core';
import { done, settings, tell } from './run.mjs';

const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
page.on('pageerror', error => tell({ problem: error.message }));

/** Every page sends its view: it is there before the visitor goes on. */
const seen = async act => {
  const sent = page.waitForResponse(response => response.url().includes('/v1.2/events') && response.request().postData()?.includes('"VIEW"'));
  await act();
  tell({ view: (await sent).status() });
};
await seen(() => page.goto(settings.shop));
await seen(() => page.getByRole('link', { name: 'Tourer 2' }).click());
await seen(() => page.getByRole('link', { name: 'Put it into the basket' }).click());
await page.getByLabel('E-mail').fill(settings.email);
await seen(() => page.getByRole('button', { name: 'Order and pay' }).click());
tell({ order: await page.locator('strong').innerText() });
tell({ browser: (await page.context().cookies()).find(cookie => cookie.name === 'sc_cid').value });

await page.goto(`${settings.url}/console`);
await page.getByRole('button', { name: 'an agent' }).click();
await page.getByLabel('E-mail').first().fill(settings.email);
await page.getByRole('button', { name: 'Find', exact: true }).first().click();
await page.getByRole('heading', { name: '1 guest' }).first().waitFor();
await page.getByRole('link', { name: /^shop-/ }).first().click();
await page.getByRole('heading', { name: 'Timeline' }).waitFor();
if (settings.screenshots)
  await page.screenshot({ path: `${settings.screenshots}/shop-journey.png`, fullPage: true });
tell({ journey: await page.locator('tr[data-event]').allInnerTexts() });
await browser.close();
done();
