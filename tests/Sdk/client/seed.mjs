// What the journeys through the console find: a guest in doubt, a refused order, a set of refused views, a rejected order.
const json = { 'Content-Type': 'application/json' };

export const guest = 'cust-42';
export const email = 'Niamh.Walsh@harbourbikes.example';
export const doubtful = 'order-in-doubt';
export const refused = 'order-refused';
export const order = 'HB-9001';

/** @param {{ url: string, upstream: string }} at the service, and the emulator behind it */
export async function seed({ url, upstream }, views = 3) {
  const api = (path, body) => post(`${url}${path}`, body, { Authorization: 'Bearer demo-admin' });
  const record = (who, ...events) => api(`/v1/guests/${who}/events`, { events });
  const fault = rule => post(`${upstream}/_emulator/faults`, [rule], {});
  const is = (who, id, state) => until(async () => {
    const answer = await fetch(`${url}/v1/guests/${who}/events/${id}`, { headers: { Authorization: 'Bearer demo-admin' } });
    return answer.ok && (await answer.json()).state === state;
  }, `${id} is ${state}`);

  await api(`/v1/guests/${guest}/identifiers`, { identifiers: [{ provider: 'email', id: email }], profile: { firstname: 'Niamh' } });
  await record(guest, event('view-1', 'VIEW', { page: '/tourers' }), event('add-1', 'ADD', {
    page: '/tourers', product: bike('TOUR2') }));
  await is(guest, 'add-1', 'delivered');

  await fault({ kind: 'reset_after', type: 'ORDER_CHECKOUT', times: 1 });
  await record(guest, orderOf(doubtful, 'HB-7781'));
  await is(guest, doubtful, 'in_doubt');

  await fault({ kind: 'status', status: 400, type: 'ORDER_CHECKOUT', times: 1 });
  await record('cust-77', orderOf(refused, order));
  await is('cust-77', refused, 'quarantined');

  await fault({ kind: 'status', status: 400, type: 'VIEW', times: views });
  for (let at = 0; at < views; at++)
    await record(`cust-${100 + at}`, event(`view-refused-${at}`, 'VIEW', { page: `/sale/${at}` }));
  for (let at = 0; at < views; at++)
    await is(`cust-${100 + at}`, `view-refused-${at}`, 'quarantined');

  await record('cust-88', { event_id: 'order-rejected', event: { type: 'ORDER_CHECKOUT', pos: 'nowhere', order: { referenceId: 'HB-8800' } } });
  return { record, fault, is, api };
}

export function bike(itemId) {
  return { type: 'BIKE', item_id: itemId, name: 'Tourer 2', orderedAt: new Date().toISOString(), quantity: 1, price: 749.5,
    productId: itemId, currency: 'EUR', referenceId: itemId };
}

export function event(id, type, members) {
  return { event_id: id, occurred_at: new Date(Date.now() - 2500).toISOString(), event: { type, pos: 'harbourbikes/ie', ...members } };
}

function orderOf(id, reference) {
  return event(id, 'ORDER_CHECKOUT', { page: '/checkout', order: {
    referenceId: reference, orderedAt: new Date().toISOString(), status: 'PURCHASED', currencyCode: 'EUR', price: 749.5,
    paymentType: 'Card', cardType: 'Visa', orderItems: [{ type: 'BIKE', referenceId: `${reference}-1`, orderedAt: new Date().toISOString(),
      status: 'PURCHASED', currencyCode: 'EUR', price: 749.5, name: 'Tourer 2', productId: 'TOUR2', quantity: 1 }] } });
}

async function post(address, body, headers) {
  const answer = await fetch(address, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
  if (!answer.ok && answer.status !== 422)
    throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function until(holds, what) {
  const end = Date.now() + 60_000;
  while (!await holds()) {
    if (Date.now() > end)
      throw new Error(`Not in a minute: ${what}`);
    await new Promise(soon => setTimeout(soon, 100));
  }
}
