// What the console does with a script: rows that open in place and come in live, copying, progress. Every page works without.

const later = ms => new Promise(done => setTimeout(done, ms));

for (const button of document.querySelectorAll('.copy'))
  button.hidden = !navigator.clipboard;

document.addEventListener('click', async event => {
  const copy = event.target.closest('.copy');
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    const text = copy.textContent;
    copy.textContent = 'Copied';
    await later(1500);
    copy.textContent = text;
  }
});

// An act whose form is closed again gives the focus back to its button.
document.addEventListener('keydown', event => {
  const act = event.key === 'Escape' && event.target.closest('details.act[open]');
  if (act) {
    act.open = false;
    act.querySelector('summary').focus();
  }
});
document.addEventListener('toggle', event => {
  if (event.target.matches('details.act[open]'))
    event.target.querySelector('textarea, input:not([type=hidden])')?.focus();
}, true);

// A revealed value is hidden in time even if the machine slept, and does not come back with the browser's Back.
const revealed = document.querySelector('[data-hide-at]');
if (revealed) {
  const hide = () => location.replace(revealed.dataset.hideTo);
  const check = () => { if (Date.now() >= Date.parse(revealed.dataset.hideAt)) hide(); };
  document.addEventListener('visibilitychange', check);
  addEventListener('pageshow', event => { if (event.persisted) hide(); });
}

const timeline = document.querySelector('table.timeline');
const live = document.querySelector('.live');

if (timeline && live) {
  const body = timeline.tBodies[0];
  const rows = live.dataset.rows;
  const text = live.querySelector('.live-text');
  const pause = live.querySelector('button');
  const waiting = new Map();
  let isPaused = false;

  const rowOf = id => [...body.rows].find(row => row.dataset.event === id);

  async function load(id, open) {
    const answer = await fetch(`${rows}${encodeURIComponent(id)}${open ? '?open=' : ''}`, { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected)
      return null;
    const holder = document.createElement('template');
    holder.innerHTML = `<table><tbody>${await answer.text()}</tbody></table>`;
    for (const button of holder.content.querySelectorAll('.copy'))
      button.hidden = !navigator.clipboard;
    return [...holder.content.querySelector('tbody').rows];
  }

  function replace(row, loaded) {
    const opened = row.nextElementSibling?.classList.contains('opened') ? row.nextElementSibling : null;
    const hadFocus = row.contains(document.activeElement);
    row.replaceWith(...loaded);
    opened?.remove();
    if (hadFocus)
      loaded[0].querySelector('a.open').focus();
  }

  // Rows open in place; with another key or button the link goes to its page.
  body.addEventListener('click', async event => {
    const link = event.target.closest('a.open');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
      return;
    event.preventDefault();
    const row = link.closest('tr');
    const loaded = await load(row.dataset.event, link.getAttribute('aria-expanded') !== 'true');
    if (!loaded) {
      location.assign(link.href);
      return;
    }
    replace(row, loaded);
  });

  const list = name => (timeline.dataset[name] ?? '').split(',').map(one => one.trim()).filter(Boolean);
  const filters = { state: list('state'), type: list('type'), notState: list('notState'), notType: list('notType') };

  function matches(item) {
    const type = item.type.toUpperCase();
    return (!filters.state.length || filters.state.includes(item.state))
      && (!filters.type.length || filters.type.some(one => one.toUpperCase() === type))
      && !filters.notState.includes(item.state)
      && !filters.notType.some(one => one.toUpperCase() === type)
      && !timeline.dataset.until;
  }

  async function show(item) {
    const row = rowOf(item.event_id);
    if (!matches(item)) {
      if (row && !row.nextElementSibling?.classList.contains('opened'))
        row.remove();
      return;
    }
    // A person reads an open row: it stays until it is closed.
    if (row?.nextElementSibling?.classList.contains('opened') && row.nextElementSibling.contains(document.activeElement))
      return;
    const loaded = await load(item.event_id, row?.nextElementSibling?.classList.contains('opened') ?? false);
    if (!loaded)
      return;
    loaded[0].classList.add('fresh');
    setTimeout(() => loaded[0].classList.remove('fresh'), 2500);
    const known = rowOf(item.event_id);
    if (known)
      replace(known, loaded);
    else
      body.prepend(...loaded);
  }

  // What changed between the page and the stream: the page, as it is now, has the same filters.
  async function catchUp() {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected)
      return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const row of [...page.querySelectorAll('table.timeline tr.row')].reverse()) {
      const known = rowOf(row.dataset.event);
      if (known && known.dataset.state === row.dataset.state)
        continue;
      const loaded = await load(row.dataset.event, known?.nextElementSibling?.classList.contains('opened') ?? false);
      if (loaded && known)
        replace(known, loaded);
      else if (loaded)
        body.prepend(...loaded);
    }
  }

  // One row after the other, so that an older form never replaces a newer one.
  let last = Promise.resolve();
  const then = work => { last = last.then(work).catch(error => { text.textContent = `Live rows stopped: ${error.message}`; }); };
  const take = item => then(() => show(item));

  const stream = new EventSource(live.dataset.live);
  stream.onopen = () => {
    live.hidden = false;
    tell();
    if (!isPaused)
      then(catchUp);
  };
  stream.onerror = () => { text.textContent = 'Not connected; trying again'; };
  stream.addEventListener('gap', () => { text.textContent = 'Some changes were missed: reload the page'; });
  stream.onmessage = message => {
    const item = JSON.parse(message.data);
    if (!isPaused)
      return take(item);
    waiting.set(item.event_id, item);
    tell();
  };

  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? 'Resume' : 'Pause';
    live.classList.toggle('paused', isPaused);
    if (!isPaused) {
      waiting.forEach(take);
      waiting.clear();
    }
    tell();
  });

  function tell() {
    text.textContent = isPaused ? `Paused, ${waiting.size} changed` : 'Live';
  }
}

// The progress of an operation, until it has ended; then the whole page says so.
const progress = document.querySelector('#progress[data-poll]');
if (progress)
  poll(progress);

async function poll(shown) {
  for (;;) {
    await later(1000);
    const answer = await fetch(shown.dataset.poll);
    if (!answer.ok || answer.redirected)
      return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#progress');
    if (!next)
      return;
    if (!next.dataset.poll)
      return location.reload();
    shown.replaceChildren(...next.children);
  }
}
