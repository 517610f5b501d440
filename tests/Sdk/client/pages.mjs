// Every page of the console at two widths, light and dark: axe finds nothing, and nothing is wider than the window. With a
// folder, a picture of each is left there for people to look at.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { done, settings, tell } from './run.mjs';
import { doubtful, guest, refused, seed } from './seed.mjs';

const { api, record } = await seed(settings);
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox', '--disable-gpu'] });

const reason = { reason: 'ticket 4711' };
await record('cust-erased', { event_id: 'gone', event: { type: 'VIEW', page: '/gone', pos: settings.pointOfSale } });
const begun = async (path, method = 'POST', members = {}) => {
  const answer = await fetch(`${settings.url}${path}`, {
    method, headers: { 'Content-Type': 'application/json', Authorization: 'Bearer demo-admin' }, body: JSON.stringify({ ...reason, ...members }) });
  return (await answer.json()).id;
};
const erasure = await begun('/v1/guests/cust-erased', 'DELETE');
const exported = await begun(`/v1/guests/${guest}/export`);
await api(`/v1/guests/${guest}/pause`, reason);
await record(guest, { event_id: 'waits', event: { type: 'VIEW', page: '/waits?email=niamh%40harbourbikes.example', pos: settings.pointOfSale } });
const bulk = await begun('/v1/quarantine/redrive', 'POST', { type: 'VIEW' });
await new Promise(soon => setTimeout(soon, settings.settle ?? 3_000));

const form = act => async page => {
  await page.locator('summary', { hasText: act }).first().click();
  return page;
};
const revealed = async page => {
  await form('Reveal a value')(page);
  await page.locator('details[open]').getByLabel('Reason').fill('ticket 4711');
  await page.locator('details[open] button:not(.quiet)').click();
  await page.getByRole('heading', { name: 'A revealed value' }).waitFor();
};
const found = text => async page => {
  await page.getByLabel('E-mail').fill(text);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.locator('h2').first().waitFor();
};

/** Name, persona, address, and what a person does there. */
const pages = [
  ['sign-in', null, '/console/sign-in'],
  ['find', 'agent', '/console'],
  ['found', 'agent', '/console', found('HB-9001')],
  ['found-nothing', 'agent', '/console', found('nobody@nowhere.example')],
  ['guest', 'agent', `/console/guests/${guest}`],
  ['guest-open-row', 'lead', `/console/guests/${guest}?open=${doubtful}#open`],
  ['event', 'lead', `/console/guests/cust-77/events/${refused}`, form('Redrive')],
  ['reveal', 'lead', `/console/guests/${guest}`, form('Reveal a value')],
  ['revealed', 'lead', `/console/guests/${guest}`, revealed],
  ['aside', 'agent', '/console/aside'],
  ['aside-group', 'agent', '/console/aside/in-doubt'],
  ['plan', 'agent', '/console/aside/plan?act=redrive'],
  ['operations', 'admin', '/console/operations'],
  ['operation-bulk', 'admin', `/console/operations/${bulk}`],
  ['operation-erasure', 'admin', `/console/operations/${erasure}`],
  ['operation-export', 'admin', `/console/operations/${exported}`],
  ['privacy', 'admin', '/console/privacy', form('Erase a guest')],
  ['privacy-forbidden', 'agent', '/console/privacy'],
  ['health', 'admin', '/console/health', async page => { await page.locator('summary', { hasText: 'The last hours as a table' }).click(); }],
  ['audit', 'admin', '/console/audit'],
  ['forbidden', 'agent', '/console/audit'],
  ['erased', 'agent', '/console/guests/cust-erased'],
  ['missing', 'agent', '/console/guests/never-seen'],
];

for (const width of settings.widths) {
  for (const colorScheme of ['light', 'dark']) {
    const contexts = new Map();
    for (const [name, persona, address, act] of pages) {
      const where = `${name}-${width}-${colorScheme}`;
      let context = contexts.get(persona);
      if (!context) {
        contexts.set(persona, context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme }));
        if (persona) {
          const page = await context.newPage();
          await page.goto(`${settings.url}/console/sign-in`);
          await page.locator(`button[value="${persona}"]`).click();
          await page.getByRole('heading', { name: 'What people ask' }).waitFor();
          await page.close();
        }
      }
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', error => tell({ problem: `${where}: ${error.message}` }));
      try {
        await page.goto(`${settings.url}${address}`);
        await act?.(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0)
          tell({ problem: `${where}: ${wide} px wider than the window` });
        for (const problem of await page.evaluate(`(async () => { ${axe}; return (await axe.run()).violations.map(one =>
          one.id + ' ' + one.nodes.map(node => node.target.join(' ')).join(', ')); })()`))
          tell({ problem: `${where}: ${problem}` });
        if (settings.shots)
          await page.screenshot({ path: `${settings.shots}/${where}.png`, fullPage: true });
        tell({ page: where });
      } catch (error) {
        tell({ problem: `${where}: ${error.message}` });
      }
      await page.close();
    }
  }
}
await browser.close();
done();
