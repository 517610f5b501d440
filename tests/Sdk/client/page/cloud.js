// The Cloud SDK on a page. The driver calls these one after the other.
import { CloudSDK, getBrowserId, getGuestId } from '@sitecore-cloudsdk/core/browser';
import {
  addToEventQueue, clearEventQueue, event, form, identity, pageView, processEventQueue,
} from '@sitecore-cloudsdk/events/browser';
import { personalize } from '@sitecore-cloudsdk/personalize/browser';

const common = { channel: 'WEB', currency: 'EUR' };

window.steps = {
  async begin(settings) {
    CloudSDK({
      sitecoreEdgeUrl: settings.url, sitecoreEdgeContextId: settings.contextId, siteName: settings.siteId,
      cookieDomain: 'localhost', cookieExpiryDays: 365, enableBrowserCookie: true,
    }).addEvents().addPersonalize({ enablePersonalizeCookie: true }).initialize();
    await clearEventQueue(); // resolves once the cookie is there
    return getBrowserId();
  },
  guest: () => getGuestId(),
  async visit(round) {
    await pageView({ ...common, page: `cat-${round}`, extensionData: { pageVariantId: 'v7', a: { b: [1] } } });
    await event({ ...common, type: 'harbourbikes:SADDLE_FITTED', page: `workshop-${round}`, extensionData: { durationMin: 25.5 } });
    await form(`form-${round}`, 'viewed', 'component-1');
    await identity({
      ...common, page: `sign-in-${round}`, email: 'ann@shop.example',
      identifiers: [{ provider: 'CRM', id: `C-${round}` }],
    });
  },
  async queue(round) {
    for (const item of [1, 2, 3])
      await addToEventQueue({ ...common, type: 'ADD', page: `queued-${round}-${item}`, product: bike(round, item) });
    return JSON.parse(sessionStorage.getItem('EventQueue')).length;
  },
  // It does not wait for what it sends: the driver waits for the queue to be gone.
  async flush() {
    await processEventQueue();
    while (sessionStorage.getItem('EventQueue') !== null)
      await new Promise(requestAnimationFrame);
  },
  async clear(round) {
    await addToEventQueue({ ...common, type: 'ADD', page: `cleared-${round}` });
    await clearEventQueue();
    await processEventQueue();
  },
  personalize: () => personalize({ ...common, friendlyId: 'hero' }),
};

function bike(round, item) {
  return {
    type: 'BIKE', item_id: `bike-${round}-${item}`, name: 'Tourer', productId: 'TOUR', referenceId: `HB-${round}-${item}`,
    orderedAt: '2025-06-01T10:15:30.000Z', quantity: 1, price: 749.5, currency: 'EUR',
  };
}
