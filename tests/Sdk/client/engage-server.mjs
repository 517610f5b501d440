// Every function that the server build of Engage has, as an app server calls them.
import { initServer } from '@sitecore/engage';
import { call, done, pause, settings, tell, visit, watchFetch } from './run.mjs';

watchFetch();
const engage = initServer({
  clientKey: settings.clientKey,
  targetURL: settings.url,
  pointOfSale: settings.pointOfSale,
  cookieDomain: 'localhost',
  forceServerCookieMode: true,
});
const { request, response, set } = visit('/tourers?utm_source=news&utm_campaign=spring');
const common = { channel: 'WEB', currency: 'EUR' };

await call('handleCookie', () => engage.handleCookie(request, response));
tell({ cookie: set['Set-Cookie'] });

async function visitPages(round) {
  await call('pageView', () => engage.pageView(
    { ...common, language: 'EN', page: `cat-${round}` }, request,
    { pageVariantId: 'v7', a: { b: 1, c: [1, 2] }, d: true, gone: null }));
  await call('event', () => engage.event(
    'harbourbikes:SADDLE_FITTED', { ...common, page: `workshop-${round}`, stray: { any: ['thing'] } }, request, { durationMin: 25.5 }));
  await call('event', () => engage.event(
    'ADD', {
      ...common, language: 'EN', page: `tourer-${round}`,
      product: {
        type: 'BIKE', item_id: `TOUR-${round}`, name: 'Tourer é "2"', productId: 'TOUR2', referenceId: `HB-${round}`,
        orderedAt: '2025-06-01T10:15:30.000Z', quantity: 1, price: 749.5, currency: 'EUR',
      },
    }, request));
  await call('personalize', () => engage.personalize({ ...common, friendlyId: 'hero' }, request));
  await call('identity', () => engage.identity(
    {
      ...common, email: 'ann@shop.example', firstName: 'Ann', lastName: 'Lee', dob: '1990-02-03T00:00',
      street: ['1 Quay St'], postalCode: 'D01',
      identifiers: [{ provider: 'CRM', id: `C-${round}`, expiryDate: '2030-01-01T00:00' }],
    }, request, { src: 'login' }));
  await call('event', () => engage.event('harbourbikes:LEFT', { ...common, page: `left-${round}` }, request));
}

await visitPages(1);
await pause();
await visitPages(2);
done();
