// A page with one of the SDKs in headless Chromium: it is bundled, served from another origin than the service, visited,
// left and visited again.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { call, done, pause, settings, tell } from './run.mjs';

const bundle = await build({
  entryPoints: [fileURLToPath(new URL(`page/${settings.sdk}.js`, import.meta.url))],
  bundle: true, format: 'iife', write: false, logLevel: 'silent',
});
const html = `<!doctype html><html lang="en"><title>shop</title><script>window.settings = ${JSON.stringify(settings)}</script>`
  + '<script src="/sdk.js"></script></html>';
const server = createServer((request, response) => {
  const script = request.url === '/sdk.js';
  response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(script ? bundle.outputFiles[0].contents : html);
});
await new Promise(listening => server.listen(settings.pagePort, '127.0.0.1', listening));

const profile = mkdtempSync(join(tmpdir(), 'sdk-browser-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: settings.chromium,
  headless: true,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});

// In the order in which the page made them: their ends are told as they come.
let made = 0;

async function open() {
  const page = await context.newPage();
  const numbers = new Map();
  page.on('request', request => numbers.set(request, made++));
  page.on('requestfinished', async request => report(request, (await request.response())?.status() ?? null));
  page.on('requestfailed', request => report(request, null));
  await page.goto(`http://localhost:${settings.pagePort}/shop/tourers?utm_source=news`);
  return page;

  function report(request, status) {
    if (!request.url().startsWith(settings.url) || request.method() === 'OPTIONS')
      return;
    const { method, url, body } = { method: request.method(), url: request.url(), body: request.postData() };
    tell({ request: { number: numbers.get(request), method, url, body }, status });
  }
}

async function step(page, name, argument) {
  await call(name, () => page.evaluate(([step, given]) => window.steps[step](given), [name, argument]));
}

async function visit(page, round) {
  for (const name of ['begin', 'guest', 'visit', 'personalize', 'queue', 'flush', 'clear'])
    await step(page, name, name === 'begin' ? settings : round);
}

const first = await open();
await visit(first, 1);
await first.close();
await pause();
const second = await open();
await visit(second, 2);
tell({ cookies: await context.cookies() });
await context.close();
server.close();
rmSync(profile, { recursive: true, force: true });
done();
