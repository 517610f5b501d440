// A support agent at the console in headless Chromium: finds, resolves, redrives, and sees it arrive. With the mouse and a
// script, with the keyboard alone, and without a script.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { done, settings, tell } from './run.mjs';
import { doubtful, email, guest, order, refused, seed } from './seed.mjs';

const views = 3;
await seed(settings, views);
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox', '--disable-gpu'] });
let checked = 0;

/** Goes the whole way once. The ways differ in how a control is used, and in what a page does by itself. */
async function walk(name, options, use, live) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', error => tell({ problem: `${name}: ${error.message}` }));
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().includes('status of 4'))
      tell({ problem: `${name}: ${message.text()}` });
  });
  const press = (role, label) => use.press(page, page.getByRole(role, { name: label, exact: true }).first());
  const type = (label, text) => use.type(page, page.getByLabel(label).first(), text);
  /** Waits for the page with a heading, and looks at it. */
  const at = async heading => {
    await page.getByRole('heading', { name: heading }).first().waitFor();
    if (options.javaScriptEnabled !== false)
      await check(page, `${name}: ${heading}`);
  };

  await page.goto(`${settings.url}/console`);
  await at('Sign in');
  await press('button', 'an agent');
  await at('What people ask');

  await type('E-mail', ` ${email.toUpperCase()} `);
  await press('button', 'Find');
  await at('1 guest');
  await press('link', guest);
  await at('Timeline');
  if (name === 'mouse') {
    await page.getByRole('link', { name: /ORDER_CHECKOUT/ }).click();
    await at('Attempts');
    await page.locator('summary', { hasText: 'Resolve' }).click();
    await page.getByRole('radio', { name: /arrived at the upstream/ }).check();
    await page.locator('details[open]').getByLabel('Reason').fill('the upstream shows it');
    await page.locator('details[open] button').click();
    await page.getByText('The event is resolved as you said.').waitFor();
    tell({ way: name, resolved: await stateOf(page, doubtful) });
  }

  await press('link', 'Find');
  await at('What people ask');
  await type('E-mail', order.toLowerCase());
  await press('button', 'Find');
  await at('1 guest');
  await press('link', 'cust-77');
  await at('Timeline');
  const row = page.getByRole('link', { name: /ORDER_CHECKOUT/ });
  await use.press(page, row);
  await at('Attempts');
  if (await stateOf(page, refused) === 'quarantined') {
    await use.press(page, page.locator('summary', { hasText: 'Redrive' }));
    await use.type(page, page.locator('details[open]').getByLabel('Reason'), `${name}: the customer called`);
    await use.press(page, page.locator('details[open] button'));
    await page.getByText('back in its guest').waitFor();
    if (live)
      await page.locator(`tr[data-event="${refused}"][data-state="delivered"]`).waitFor();
    else
      await reloadUntil(page, async () => await stateOf(page, refused) === 'delivered');
  }
  tell({ way: name, redriven: await stateOf(page, refused) });

  if (name === 'mouse') {
    await press('link', 'Set aside');
    await at('Quarantined');
    await page.getByRole('link', { name: 'VIEW' }).click();
    await at('What the upstream answered');
    await press('link', 'Plan: redrive all of them');
    await at('What will happen');
    await type('Reason', 'fixed upstream');
    await press('button', `Begin: redrive ${views} events`);
    await page.locator('h1 .state.completed').waitFor();
    await at('Outcome of each event');
    tell({ way: name, outcomes: await page.locator('tbody .state.redriven').count() });
    await press('link', 'Operations');
    await at('Operations');
    await press('link', 'Health');
    await at('What stops delivery');
  }
  await press('button', 'Sign out');
  await context.close();
}

const stateOf = (page, id) => page.locator(`tr[data-event="${id}"]`).getAttribute('data-state');

async function reloadUntil(page, holds) {
  const end = Date.now() + 20_000;
  while (!await holds() && Date.now() < end)
    await page.reload();
}

async function check(page, where) {
  const found = await page.evaluate(`(async () => { ${axe}; return (await axe.run()).violations.map(one =>
    one.id + ' ' + one.nodes.map(node => node.target.join(' ')).join(', ')); })()`);
  checked++;
  for (const problem of found)
    tell({ problem: `${where}: ${problem}` });
}

const mouse = {
  press: (page, control) => control.click(),
  type: (page, control, text) => control.fill(text),
};

/** Reaches a control with the tab key alone, and sees that its focus shows. */
const keyboard = {
  async reach(page, control) {
    const wanted = await control.elementHandle();
    for (let tabs = 0; tabs < 120; tabs++) {
      if (await wanted.evaluate(element => element === document.activeElement))
        return keyboard.mustShow(page);
      await page.keyboard.press('Tab');
    }
    throw new Error(`The tab key does not reach ${control}.`);
  },
  async mustShow(page) {
    const shown = await page.evaluate(() => {
      const focused = document.activeElement;
      const box = focused.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 30) / 2);
      return getComputedStyle(focused).outlineStyle !== 'none' && top !== null && (focused.contains(top) || top.contains(focused));
    });
    if (!shown)
      tell({ problem: `The focus is hidden at ${page.url()}` });
  },
  async press(page, control) {
    await keyboard.reach(page, control);
    await page.keyboard.press('Enter');
  },
  async type(page, control, text) {
    await keyboard.reach(page, control);
    await page.keyboard.type(text);
  },
};

const ways = {
  mouse: () => walk('mouse', {}, mouse, true),
  keyboard: () => walk('keyboard', { viewport: { width: 1280, height: 700 } }, keyboard, true),
  'no script': () => walk('no script', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }, mouse, false),
};
await ways[settings.way]();
tell({ way: settings.way, checked });
await browser.close();
done();
