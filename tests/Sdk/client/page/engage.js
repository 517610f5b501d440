// Engage on a page. The driver calls these one after the other.
import { init } from '@sitecore/engage';

const common = { channel: 'WEB', currency: 'EUR' };
let engage;

window.steps = {
  async begin(settings) {
    engage = await init({
      clientKey: settings.clientKey, targetURL: settings.url, pointOfSale: settings.pointOfSale,
      cookieDomain: 'localhost', cookieExpiryDays: 365,
    });
    return engage.getBrowserId();
  },
  guest: () => engage.getGuestId(),
  async visit(round) {
    await engage.pageView({ ...common, page: `cat-${round}` }, { pageVariantId: 'v7', a: { b: [1] } });
    await engage.event('harbourbikes:SADDLE_FITTED', { ...common, page: `workshop-${round}` }, { durationMin: 25.5 });
    await engage.form(`form-${round}`, 'viewed', settings().pointOfSale);
    await engage.identity({
      ...common, page: `sign-in-${round}`, email: 'ann@shop.example',
      identifiers: [{ provider: 'CRM', id: `C-${round}` }],
    });
  },
  queue(round) {
    for (const item of [1, 2, 3])
      engage.addToEventQueue('ADD', { ...common, page: `queued-${round}-${item}`, product: bike(round, item) });
    return JSON.parse(sessionStorage.getItem('EngageEventQueue')).length;
  },
  flush: () => engage.processEventQueue(),
  async clear(round) {
    engage.addToEventQueue('ADD', { ...common, page: `cleared-${round}`, product: bike(round, 0) });
    engage.clearEventQueue();
    await engage.processEventQueue();
  },
  personalize: () => engage.personalize({ ...common, friendlyId: 'hero' }),
};

function bike(round, item) {
  return {
    type: 'BIKE', item_id: `bike-${round}-${item}`, name: 'Tourer', productId: 'TOUR', referenceId: `HB-${round}-${item}`,
    orderedAt: '2025-06-01T10:15:30.000Z', quantity: 1, price: 749.5, currency: 'EUR',
  };
}

function settings() {
  return window.settings;
}
