// Every function that the server builds of the Cloud SDK have. Node resolves their CommonJS form.
import { createRequire } from 'node:module';
import { call, done, pause, settings, tell, visit, watchFetch } from './run.mjs';

const require = createRequire(import.meta.url);
const { CloudSDK } = require('@sitecore-cloudsdk/core/server');
const { event, identity, pageView } = require('@sitecore-cloudsdk/events/server');
const { personalize } = require('@sitecore-cloudsdk/personalize/server');

watchFetch();
const { request, response, set } = visit('/tourers?utm_source=news&utm_campaign=spring');
const common = { channel: 'WEB', currency: 'EUR' };

await call('initialize', () => CloudSDK(request, response, {
  sitecoreEdgeUrl: settings.url,
  sitecoreEdgeContextId: settings.contextId,
  siteName: settings.siteId,
  cookieDomain: 'localhost',
  enableServerCookie: true,
}).addEvents().addPersonalize({ enablePersonalizeCookie: true }).initialize());
tell({ cookie: set['Set-Cookie'] });

async function visitPages(round) {
  await call('pageView', () => pageView(request, {
    ...common, language: 'EN', page: `cat-${round}`, extensionData: { pageVariantId: 'v7', a: { b: 1, c: [1, 2] }, d: true },
    searchData: { test: { q: 'shoe' } },
  }));
  await call('event', () => event(request, {
    type: 'harbourbikes:SADDLE_FITTED', page: `workshop-${round}`, extensionData: { durationMin: 25.5 }, stray: { any: ['thing'] },
  }));
  await call('personalize', () => personalize(request, { ...common, friendlyId: 'hero', language: 'EN' }));
  await call('identity', () => identity(request, {
    ...common, email: 'ann@shop.example', firstName: 'Ann', lastName: 'Lee',
    identifiers: [{ provider: 'CRM', id: `C-${round}`, expiryDate: '2030-01-01T00:00' }],
  }));
  await call('event', () => event(request, { ...common, type: 'harbourbikes:LEFT', page: `left-${round}` }));
}

await visitPages(1);
await pause();
await visitPages(2);
done();
