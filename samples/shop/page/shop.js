// What the visitor does in the pages: each page view, and what goes into the basket.
import { CloudSDK } from '@sitecore-cloudsdk/core/browser';
import { event, pageView } from '@sitecore-cloudsdk/events/browser';

const shop = JSON.parse(document.getElementById('sessions').textContent);
const common = { channel: 'WEB', language: 'EN', currency: 'EUR', page: shop.page };

CloudSDK({
  sitecoreEdgeUrl: shop.url, // Guest Sessions in the place of Sitecore's edge: nothing else changes.
  sitecoreEdgeContextId: shop.contextId,
  siteName: shop.site,
  cookieDomain: location.hostname,
  enableBrowserCookie: true,
}).addEvents().initialize();

pageView(common);

const add = document.querySelector('a.add');
add?.addEventListener('click', async click => {
  click.preventDefault();
  const bike = JSON.parse(add.dataset.bike);
  await event({ ...common, type: 'ADD', product: {
    type: 'BIKE', item_id: bike.id, productId: bike.id, referenceId: bike.id, name: bike.name, price: bike.price, currency: 'EUR',
    quantity: 1, orderedAt: new Date().toISOString(),
  } });
  location.href = add.href;
});
