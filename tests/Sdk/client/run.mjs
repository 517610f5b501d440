// What the clients tell the test that started them, one JSON line at a time, and where they wait for it.
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export const settings = JSON.parse(process.argv[2]);

export function tell(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

/** Lets the test do what it likes to the service, until it says to go on. */
export async function pause() {
  tell({ pause: true });
  await lines.next();
}

/** Tells what a call of the SDK came to. */
export async function call(name, work) {
  try {
    tell({ call: name, answer: (await work()) ?? null });
  } catch (error) {
    tell({ call: name, error: String(error?.message ?? error) });
  }
}

/** Tells of every request that the SDK makes in this process: what it sent and the status that came back. */
export function watchFetch() {
  const original = globalThis.fetch;
  let made = 0;
  globalThis.fetch = async (url, options) => {
    const request = { number: made++, method: options?.method ?? 'GET', url: String(url), body: options?.body ?? null };
    try {
      const response = await original(url, options);
      tell({ request, status: response.status });
      return response;
    } catch (error) {
      tell({ request, status: null });
      throw error;
    }
  };
}

/** A request and a response of Node's own server, as far as the SDKs look at them. */
export function visit(url) {
  const set = {};
  return {
    request: { url, headers: { cookie: '', 'user-agent': 'visitor' } },
    response: { setHeader: (name, value) => { (set[name] ??= []).push(...[value].flat()); } },
    set,
  };
}

export function done() {
  process.exit(0);
}
