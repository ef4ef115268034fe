// Conformance of a running server: the audits of GraphQL over HTTP, and a subscription by another's client.
// Usage: node conformance/run.mjs http://127.0.0.1:8080 — exits with 1 when a MUST fails or no subscription comes.
import { serverAudits } from 'graphql-http';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const server = process.argv[2];
if (!server) {
  console.error('usage: node conformance/run.mjs ADDRESS');
  process.exit(2);
}
let passed = 0;
let failed = 0;

const audits = serverAudits({ url: `${server}/graphql` });
const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
for (const audit of audits) {
  const result = await audit.fn();
  counts[result.status] += 1;
  if (result.status !== 'ok') console.log(`${result.status.padEnd(6)} ${audit.name}: ${result.reason}`);
}
console.log(`graphql-http: ${counts.ok} ok, ${counts.notice} notices, ${counts.warn} warnings, ${counts.error} failed`);
passed += counts.ok;
failed += counts.error;

const ask = async (query, variables = {}) => {
  const answer = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return answer.json();
};

// A newcomer's registration is a public event; the subscription resumes from before it.
const digits = String(Date.now()).slice(-8);
const creditCode = withCheck(`9135010${digits[0]}MA${digits.slice(1)}`.slice(0, 17).padEnd(17, '0'));
const signUp = `mutation($input: SignUpInput!) { signUp(input: $input) { organization { id } userErrors { code message } } }`;
const input = {
  login: `conformance-${Date.now()}`,
  password: 'correct horse battery',
  name: { zh: '测试' },
  language: 'CHINESE',
  organization: {
    kind: 'SUPPLIER', name: { zh: '互通测试有限公司' }, creditCode, enterpriseSize: 'SMALL', regionCode: '350100', address: { zh: '福州' },
  },
};
const signedUp = await ask(signUp, { input });
const subjectId = signedUp.data?.signUp?.organization?.id;
if (!subjectId) {
  console.log(`error  sign-up for the subscription: ${JSON.stringify(signedUp)}`);
  failed += 1;
} else {
  const client = createClient({ url: `${server.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const after = Buffer.from('Event:00000000-0000-0000-0000-000000000000').toString('base64url');
  const query = 'subscription($subjectId: ID!, $after: ID) { events(subjectId: $subjectId, after: $after) { name } }';
  const heard = await Promise.race([
    client.iterate({ query, variables: { subjectId, after } }).next().then((next) => next.value?.data?.events?.name),
    new Promise((resolve) => setTimeout(() => resolve('nothing in ten seconds'), 10_000)),
  ]);
  await client.dispose();
  const isHeard = heard === 'organization.registered';
  console.log(`graphql-ws: ${isHeard ? 'ok' : 'error'}, heard ${heard}`);
  passed += isHeard ? 1 : 0;
  failed += isHeard ? 0 : 1;
}
// Where the specification says SHOULD or MAY, an audit that is not met is told and not counted.
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);

// The check character of GB 32100-2015 over the first seventeen.
function withCheck(first) {
  const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const sum = [...first].reduce((total, character, place) => total + characters.indexOf(character) * (3 ** place % 31), 0);
  return first + characters[(31 - (sum % 31)) % 31];
}
