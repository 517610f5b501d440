// People at the console behind a load balancer whose every request goes to another host. One host dies in the middle.
import { chromium } from 'playwright-core';
import { done, pause, settings, tell } from './run.mjs';
import { doubtful, email, guest, seed } from './seed.mjs';

await seed(settings, 1);
const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext();
const page = await context.newPage();
page.setDefaultTimeout(30_000);
page.on('pageerror', error => tell({ problem: error.message }));
const at = heading => page.getByRole('heading', { name: heading }).first().waitFor();
const press = (role, label) => page.getByRole(role, { name: label, exact: true }).first().click();
const open = act => page.locator('summary', { hasText: act }).first().click();
const send = async reason => {
  await page.locator('details[open]').getByLabel('Reason').fill(reason);
  await page.locator('details[open] button:not(.quiet)').click();
};

await page.goto(`${settings.url}/console`);
await press('button', 'an agent');
await at('What people ask');
await page.getByLabel('E-mail').fill(email);
await press('button', 'Find');
await at('1 guest');
await press('link', guest);
await at('Timeline');
await page.getByRole('link', { name: /ORDER_CHECKOUT/ }).click();
await at('Attempts');
await open('Resolve');
await page.getByRole('radio', { name: /arrived at the upstream/ }).check();
await pause(); // The form is from one host, and the other one takes it.
await send('the upstream shows it');
await page.getByText('The event is resolved as you said.').waitFor();
tell({ resolved: await page.locator(`tr[data-event="${doubtful}"]`).getAttribute('data-state') });
await press('button', 'Sign out');

await press('button', 'an admin');
await at('What people ask');
await page.goto(`${settings.url}/console/guests/${guest}`);
await open('Reveal a value');
await page.locator('details[open]').getByLabel('Field').selectOption({ label: (await page.locator('details[open] option').first().textContent()) });
await page.locator('details[open]').getByLabel('Reason').fill('ticket 4711');
const [revealed] = await Promise.all([
  page.waitForResponse(answer => answer.request().method() === 'POST'),
  page.locator('details[open] button:not(.quiet)').click(),
]);
await at('A revealed value');
tell({ revealed: (await page.locator('pre.revealed').textContent()).trim(), refresh: revealed.headers().refresh });
await press('link', 'Hide it now');
await at('Timeline');

await press('link', 'Erasure and consent');
await open('Erase a guest');
await page.locator('details[open]').getByLabel('Guest id').fill(guest);
await send('ticket 4712');
await page.locator('h1 .state.completed').waitFor({ timeout: 60_000 });
await at('Certificate');
tell({ certified: await page.locator('dt', { hasText: 'Guests' }).locator('xpath=following-sibling::dd').first().textContent() });

const late = await fetch(`${settings.url}/v1/guests/${guest}/events`, {
  method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer demo-admin' },
  body: JSON.stringify({ event_id: 'late', event: { type: 'VIEW', page: '/late', pos: 'harbourbikes/ie' } }),
});
tell({ late: `${late.status} ${(await late.json()).code}` });
const gone = await page.goto(`${settings.url}/console/guests/${guest}`);
tell({ gone: String(gone.status()) });
await at('It is gone');
await browser.close();
done();
