// A program over the types that openapi-typescript writes: it sends an event and reads it back.
import createClient from 'openapi-fetch';
import type { paths } from './generated/v1.js';

const [service] = process.argv.slice(2);
const as = (key: string) => createClient<paths>({ baseUrl: service, headers: { Authorization: `Bearer ${key}` } });
const guest = 'typescript';

const { data: answer, error } = await as('demo-ingest').POST('/v1/guests/{guest}/events', {
  params: { path: { guest } },
  body: { event_id: 't1', event: { type: 'VIEW', page: '/tourers', pos: 'harbourbikes/ie', ext: { wheels: 2 }, referrer: 'https://harbourbikes.example/' } },
});
if (error)
  throw new Error(error.code);
const { data: read } = await as('demo-support').GET('/v1/guests/{guest}/events/{event_id}', {
  params: { path: { guest, event_id: 't1' } },
});
const result = answer.results[0];
console.log(`${result?.status} ${read?.type} ${read?.sequence} ${result?.warnings?.length ?? 0}`);
