// Shows the emulator's view once a second. Content of an event is set as text, never as markup.
'use strict';

const pick = id => document.getElementById(id);
const effects = ['good', 'misread', 'swallowed', 'refused', 'open'];
const opened = new Set();
let browser = new URLSearchParams(location.search).get('browser_id') ?? '';
let only = '';
let held = false;
let shown = '';

const troubles = [
  ['503, unavailable', { kind: 'status', status: 503 }, 'Not processed.'],
  ['500, server error', { kind: 'status', status: 500 }, 'Not processed.'],
  ['500 after processing', { kind: 'status', status: 500, processed: true }, 'The event still counts.'],
  ['429, too many requests', { kind: 'status', status: 429, retry_after: '2' }, 'Uses the Retry-After below.'],
  ['429 until a date', { kind: 'status', status: 429, retry_after_date: '00:00:05' }, 'Retry-After is a date in 5 s.'],
  ['429, invalid Retry-After', { kind: 'status', status: 429, retry_after: '99999999999999' }, 'Or your own invalid value.'],
  ['400 in JSON', { kind: 'status', status: 400 }, 'A refusal.'],
  ['401 in JSON', { kind: 'status', status: 401 }, 'Like a wrong key.'],
  ['404 in JSON', { kind: 'status', status: 404 }, 'Like an unknown browser id.'],
  ['404 in HTML', { kind: 'status', status: 404, body: '<h1>Not found</h1>' }, 'Like an error of a proxy.'],
  ['502 in HTML', { kind: 'status', status: 502, body: '<h1>Bad gateway</h1>' }, 'Like an error of a proxy.'],
  ['200 with an HTML page', { kind: 'status', status: 200, body: '<html>Sign in</html>' }, 'Like a captive portal.'],
  ['204, no content', { kind: 'status', status: 204 }, 'A success without a body.'],
  ['307, redirect', { kind: 'status', status: 307, location: 'http://127.0.0.1:9/' }, 'To a port without a server.'],
  ['Hang before processing', { kind: 'hang_before' }, 'Never answers; the event does not count.'],
  ['Hang after processing', { kind: 'hang_after' }, 'Never answers; the event counts.'],
  ['Reset before processing', { kind: 'reset_before' }, 'The connection breaks; the event does not count.'],
  ['Reset after processing', { kind: 'reset_after' }, 'The connection breaks; the event counts.'],
  ['Refuse the stream', { kind: 'refuse_stream' }, 'HTTP/2 REFUSED_STREAM; a reset on HTTP/1.1.'],
  ['Slow answer', { kind: 'slow_answer', delay: 1 }, 'One byte after each delay; the event counts.'],
  ['Truncated answer', { kind: 'truncated_answer' }, 'Half of the answer, then the connection breaks; the event counts.'],
  ['Latency', { kind: 'latency', delay: 2 }, 'Answers after the delay; the event counts.'],
];

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== undefined && child !== null));
  return element;
}

const empty = text => make('p', { class: 'empty' }, text);
const badge = (kind, text) => make('span', { class: `badge ${kind}` }, text ?? kind);
const time = text => text ? new Date(text).toLocaleTimeString([], { hour12: false }) : '';
const short = id => id ? id.slice(0, 8) : 'none';
const money = value => value === undefined ? 'unknown' : Number(value).toLocaleString('en', { maximumFractionDigits: 2 });

function fold(key, summary, inside, tone) {
  const details = make('details', { class: tone }, make('summary', {}, ...summary));
  const fill = () => { if (details.childElementCount === 1) details.append(make('div', { class: 'inside' }, ...inside())); };
  if (opened.has(key)) { details.open = true; fill(); }
  details.addEventListener('toggle', () => {
    if (details.open) { opened.add(key); fill(); } else opened.delete(key);
  });
  return details;
}

function facts(pairs) {
  const list = make('dl');
  for (const [name, value] of pairs)
    if (value !== undefined && value !== null && value !== '')
      list.append(make('dt', {}, name), make('dd', {}, String(value)));
  return list;
}

function finding(found) {
  const tone = found.effect === 'good' ? 'open' : found.effect;
  return make('li', { class: tone },
    badge(tone, found.effect === 'good' ? 'remark' : found.effect), ' ',
    make('code', {}, found.path ? `${found.code} ${found.path}` : found.code),
    make('div', {}, found.detail),
    make('div', { class: 'basis' }, { documented: 'documented by the vendor', observed: 'observed in practice',
      inferred: 'inferred; not documented' }[found.basis]));
}

function eventRow(event) {
  const effect = event.effect ?? 'open';
  const page = typeof event.body === 'object' ? event.body?.page : undefined;
  const why = event.fault ? `fault ${event.fault}` : event.reason;
  return fold(`event-${event.number}`, [
    badge(effect, event.fate === 'open' ? 'unseen' : effect),
    make('span', { class: 'what' }, event.type ?? 'no type'),
    page ? make('span', { class: 'quiet' }, String(page)) : undefined,
    why ? make('span', { class: 'why' }, why) : undefined,
    make('span', { class: 'end' }, `${short(event.browser_id)} · ${time(event.at)} · #${event.number}`),
  ], () => [
    make('ul', { class: 'findings' }, ...(event.findings ?? []).map(finding)),
    facts([['browser', event.browser_id], ['request', `${event.method} ${event.path}`], ['site', event.site_id],
      ['answer', event.status ?? 'none'], ['fault', event.fault]]),
    make('h3', {}, 'As received'),
    make('pre', {}, typeof event.body === 'string' ? event.body : JSON.stringify(event.body, null, 2)),
  ], effect);
}

function sessionRow(session) {
  const cart = session.cart;
  const count = Object.values(session.counts).reduce((sum, n) => sum + n, 0);
  const type = session.cart_type ?? 'undecided';
  return fold(`session-${session.number}`, [
    badge(session.state === 'open' ? 'good' : 'open', session.state),
    make('span', { class: 'what' }, session.channel || 'no channel'),
    make('span', { class: 'quiet' }, `${session.pos} · ${count} events · cart ${type}`),
    make('span', { class: 'end' }, `${short(session.browser_id)} · ${time(session.started_at)}`),
  ], () => [
    facts([['browser', session.browser_id], ['began', time(session.started_at)],
      [session.state === 'open' ? 'closes' : 'closed', time(session.ends_at)], ['first page', session.first_page],
      ['last page', session.last_page], ['language', session.language], ['currency', session.currency],
      ['events', Object.entries(session.counts).map(([name, n]) => `${name} ${n}`).join(', ')],
      ['orders', cart.orders.join(', ')], ['contacts', cart.contacts || ''],
      ['abandoned', session.abandoned_revenue === undefined ? '' : money(session.abandoned_revenue)]]),
    cart.lines.length ? cartTable(cart) : empty('The cart is empty.'),
  ], 'open');
}

function cartTable(cart) {
  const row = line => make('tr', {}, make('td', {}, line.item_id, line.confirmed ? ' ✓' : ''),
    make('td', {}, line.name ?? ''), make('td', { class: 'number' }, money(line.quantity)),
    make('td', { class: 'number' }, money(line.price)), make('td', { class: 'number' }, money(line.value)));
  return make('table', {},
    make('tr', {}, make('th', {}, 'Item, ✓ confirmed'), make('th', {}, 'Name'), make('th', { class: 'number' }, 'Quantity'),
      make('th', { class: 'number' }, 'Price'), make('th', { class: 'number' }, 'Value')),
    ...cart.lines.map(row),
    make('tr', {}, make('th', { colspan: 4 }, 'Cart'), make('td', { class: 'number' }, money(cart.value))));
}

function guestRow(guest) {
  const tone = { customer: 'good', visitor: 'open', retired: 'swallowed' }[guest.type];
  return fold(`guest-${guest.ref}`, [
    badge(tone, guest.type),
    make('span', { class: 'what mono' }, short(guest.ref)),
    make('span', { class: 'quiet' }, guest.identifiers.map(one => `${one.provider} ${one.id}`).join(', ')),
    make('span', { class: 'end' }, time(guest.last_seen_at)),
  ], () => [facts([['customer_ref', guest.ref], ['browsers', guest.browser_ids.join(', ')],
    ['retired for', guest.retired_for], ['first seen', time(guest.first_seen_at)]])], 'open');
}

function faultRow({ number, rule, matched, fired }) {
  const of = ['status', 'processed', 'retry_after', 'retry_after_date', 'delay', 'location', 'path', 'type', 'browser_id',
    'nth', 'every', 'times', 'probability', 'seed', 'body'];
  const text = of.filter(name => rule[name] !== undefined && rule[name] !== false
    && !(name === 'status' && rule.kind !== 'status') && !(name === 'probability' && rule[name] === 1)
    && !(name === 'delay' && rule[name] === '00:00:00')).map(name => `${name} ${rule[name]}`).join(', ');
  return make('div', { class: 'rule' },
    make('div', {}, make('b', {}, rule.kind), ' ', text,
      make('div', { class: 'quiet' }, `matched ${matched}, played ${fired}`)),
    make('button', { type: 'button', onclick: () => send('DELETE', `_emulator/faults/${number}`) }, 'Remove'));
}

function fill(id, rows, nothing) {
  pick(id).replaceChildren(...(rows.length ? rows : [empty(nothing)]));
}

function choose(id) {
  browser = id;
  pick('browser').value = id;
  const url = new URL(location.href);
  if (id) url.searchParams.set('browser_id', id); else url.searchParams.delete('browser_id');
  history.replaceState(null, '', url);
  refresh();
}

function render(view) {
  fill('tiles', effects.map(effect => make('button', {
    type: 'button', class: `tile ${effect}`, 'aria-pressed': only === effect,
    onclick: () => { only = only === effect ? '' : effect; refresh(); },
  }, make('b', {}, String(view.effects[effect] ?? 0)), make('span', {}, effect === 'open' ? 'unseen' : effect))));
  fill('event-list', view.events.map(eventRow), 'No events yet. New events appear here immediately.');
  fill('session-list', view.sessions.map(sessionRow), 'No sessions yet.');
  fill('guest-list', view.guests.map(guestRow), 'No guests yet.');
  fill('fault-list', view.faults.map(faultRow), 'No faults are set. The upstream works normally.');
  pick('browsers').replaceChildren(...view.browsers.map(one => make('option', { value: one.browser_id })));
  pick('chips').replaceChildren(...view.browsers.slice(0, 12).map(one => make('button', {
    type: 'button', class: 'mono', title: one.browser_id, 'aria-pressed': one.browser_id === browser,
    onclick: () => choose(one.browser_id === browser ? '' : one.browser_id),
  }, `${short(one.browser_id)} ${one.events}`)));
  pick('tenant-list').replaceChildren(
    make('h3', {}, 'Identity rules, in order'),
    facts(view.identity_rules.map((rule, index) => [`${index + 1}. ${rule.name}`, `provider ${rule.provider}`])),
    make('h3', {}, 'Points of sale'),
    facts(view.points_of_sale.map(pos => [pos.name,
      [`time-out ${pos.session_timeout}`, pos.site_ids.length ? `sites ${pos.site_ids.join(', ')}` : ''].filter(Boolean).join(', ')])),
    make('h3', {}, 'Credentials'),
    facts([['client keys', view.client_keys.join(', ')], ['context ids', view.context_ids.join(', ')]]));
}

async function refresh() {
  try {
    const query = new URLSearchParams({ browser_id: browser, effect: only });
    const answer = await fetch(`_emulator/view?${query}`);
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    if (text !== shown && !held) render(JSON.parse(shown = text));
    pick('link').textContent = held ? 'Held' : 'Live';
    pick('link').classList.remove('lost');
  } catch {
    pick('link').textContent = 'No connection to the emulator';
    pick('link').classList.add('lost');
  }
}

async function send(method, url, body) {
  const answer = await fetch(url, {
    method, body: body && JSON.stringify(body), headers: body ? { 'Content-Type': 'application/json' } : {},
  });
  pick('refusal').textContent = answer.ok ? ''
    : (await answer.json().catch(() => ({}))).message ?? `The emulator answered ${answer.status}.`;
  await refresh();
}

const seconds = value => {
  const whole = Math.floor(value);
  const pad = n => String(n).padStart(2, '0');
  return `${pad(Math.floor(whole / 3600) % 24)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`
    + `.${String(Math.round((value - whole) * 1000) % 1000).padStart(3, '0')}`;
};

function ruleOf(form) {
  const data = new FormData(form);
  const rule = { ...troubles[Number(data.get('menu'))][1] };
  for (const name of ['path', 'type', 'retry_after']) if (data.get(name)) rule[name] = data.get(name);
  if (data.get('retry_after')) delete rule.retry_after_date;
  for (const name of ['nth', 'every', 'times', 'probability']) if (data.get(name)) rule[name] = Number(data.get(name));
  const delay = data.get('delay') || rule.delay;
  if (delay) rule.delay = seconds(Number(delay));
  if (data.get('mine') && browser) rule.browser_id = browser;
  return rule;
}

pick('menu').append(...troubles.map(([name], index) => make('option', { value: index }, name)));
const about = () => { pick('about').textContent = troubles[pick('menu').value][2]; };
pick('menu').addEventListener('change', about);
about();
pick('fault').addEventListener('submit', submitted => {
  submitted.preventDefault();
  send('POST', '_emulator/faults', [ruleOf(submitted.target)]);
});
pick('no-faults').addEventListener('click', () => send('DELETE', '_emulator/faults'));
pick('reset').addEventListener('click', () => {
  if (confirm('Delete all events, sessions, guests and faults?')) send('POST', '_emulator/reset');
});
pick('browser').value = browser;
pick('browser').addEventListener('change', changed => choose(changed.target.value.trim()));
pick('everyone').addEventListener('click', () => choose(''));
pick('hold').addEventListener('click', clicked => {
  held = !held;
  clicked.target.setAttribute('aria-pressed', held);
  clicked.target.textContent = held ? 'Go on' : 'Hold';
  shown = '';
  refresh();
});
setInterval(() => { if (!document.hidden) refresh(); }, 1000);
refresh();
