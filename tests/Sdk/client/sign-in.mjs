// A person at the console in headless Chromium, who signs in at a provider on another port. Chromium holds the pages to their
// security policy, also where a form leads to the provider by a redirect.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { done, pause, settings, tell } from './run.mjs';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext();
const page = await context.newPage();
page.setDefaultTimeout(60_000);
page.on('pageerror', error => tell({ problem: error.message }));
page.on('console', message => {
  if (message.type() === 'error' && !message.text().includes('status of 4'))
    tell({ problem: message.text() });
});

async function at(heading) {
  await page.getByRole('heading', { name: heading }).first().waitFor();
  const found = await page.evaluate(`(async () => { ${axe}; return (await axe.run()).violations.map(one =>
    one.id + ' ' + one.nodes.map(node => node.target.join(' ')).join(', ')); })()`);
  for (const problem of found)
    tell({ problem: `${heading}: ${problem}` });
}

const signIn = () => page.getByRole('button', { name: 'Sign in', exact: true }).click();

await page.goto(`${settings.url}/console/operations`);
await at('Sign in');
await signIn();
await at('Operations');
tell({ who: await page.locator('form.who span').innerText(), where: new URL(page.url()).pathname });
const cookie = (await context.cookies()).find(one => one.name.endsWith('sessions-console'));
tell({ cookie: { httpOnly: cookie.httpOnly, sameSite: cookie.sameSite } });

await page.getByRole('button', { name: 'Sign out' }).click();
await page.getByText('You are signed out.').waitFor();
await page.goto(`${settings.url}/console`);
await at('Sign in');

await pause(); // The person loses every role.
await signIn();
await at('You have no role here');
await page.getByRole('button', { name: 'Sign out' }).click();
await page.getByText('You are signed out.').waitFor();

await pause(); // The person will cancel.
await signIn();
await at('You are not signed in');
tell({ cancelled: await page.getByRole('alert').innerText() });
await browser.close();
done();
