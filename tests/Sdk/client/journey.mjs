// A visitor who shops, as an app server tells it with Engage.
import { initServer } from '@sitecore/engage';
import { call, done, settings, tell, visit, watchFetch } from './run.mjs';

watchFetch();
const engage = initServer({
  clientKey: settings.clientKey,
  targetURL: settings.url,
  pointOfSale: settings.pointOfSale,
  cookieDomain: 'localhost',
  forceServerCookieMode: true,
});
const { request, response, set } = visit('/');
const common = { channel: 'WEB', currency: 'EUR', language: 'EN' };

await call('handleCookie', () => engage.handleCookie(request, response));
tell({ cookie: set['Set-Cookie'] });

const send = (type, page, members) => call('event', () => engage.event(type, { ...common, page, ...members }, request));
const add = (item, quantity, price) => send('ADD', `/${item}`, {
  product: {
    type: 'BIKE', item_id: item, name: 'Tourer 2', productId: 'TOUR2', referenceId: 'HB-7781-1',
    orderedAt: '2026-11-23T10:15:30.000Z', quantity, price, currency: 'EUR',
  },
});

await call('pageView', () => engage.pageView({ ...common, page: '/' }, request));
await send('SEARCH', '/search', { product_name: 'tourer', product_type: 'BIKE' });
await add('TOUR2-M-RED', 1, 749.5);
await add('LOCK-9', 2, 9.49);
await add('TOUR2-M-RED', 2, 749.5);
await call('identity', () => engage.identity(
  { ...common, page: '/sign-in', email: 'niamh@harbourbikes.example', identifiers: [{ provider: 'CRM', id: 'HB-20417' }] },
  request));
await send('CONFIRM', '/basket', { product: [{ item_id: 'TOUR2-M-RED' }, { item_id: 'LOCK-9' }] });
await send('PAYMENT', '/pay', { pay_type: 'Card' });
await send('CHECKOUT', '/thanks', { reference_id: 'HB-7781', status: 'PURCHASED' });
done();
