import { Agent, request as open } from 'node:http';
import { Chance } from './chance.js';
import { graphqlRequest } from './graphql-sending.js';
import type { Installation } from './installation.js';
import { type Answer, faultOf, insideOf } from './judge.js';
import { Known } from './known.js';
import { type FuzzRequest, written } from './requests.js';
import { restRequest } from './rest-requests.js';
import { converse } from './sockets.js';

export interface FuzzOptions {
  readonly operations: number;
  readonly seed: string;
  readonly log?: (line: string) => void;
}

export interface Outcome {
  readonly operations: number;
  readonly graphql: number;
  readonly rest: number;
  readonly sockets: number;
  /** How often which status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operations of GraphQL that brought data, and no error. */
  readonly answered: number;
  readonly faults: readonly string[];
  /** Of the API's process, in MB, after each twentieth of the run. */
  readonly residentMb: readonly number[];
  readonly seconds: number;
}

const atOnce = 6;
const mostFaults = 200;
const patienceMs = 60_000;

/** Sends so many requests, each drawn from the seed and its number, and judges each answer by itself. */
export async function fuzz(
  installation: Installation,
  { operations, seed, log = () => undefined }: FuzzOptions,
): Promise<Outcome> {
  const known = new Known(installation.tokenIds);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const statuses: Record<string, number> = {};
  const counts = { graphql: 0, rest: 0, sockets: 0, answered: 0 };
  const faults: string[] = [];
  const residentMb: number[] = [];
  const began = performance.now();
  const blame = (number: number, fault: string, shown: string, told: string): void => {
    const line = `seed ${seed}, request ${number}: ${fault}\n  sent: ${shown}\n  came: ${told.slice(0, 1000)}${inTheLog(installation, told)}`;
    faults.push(line);
    log(line);
  };

  const one = async (number: number): Promise<void> => {
    const chance = Chance.of(seed, number);
    const kind = chance.below(100);
    if (kind < 3) {
      counts.sockets += 1;
      const talk = await converse(chance, known, installation.url, installation.tokens.planner);
      const fault = insideOf(talk.heard.join('\n'));
      if (fault !== '') blame(number, fault, JSON.stringify(talk.sent), talk.heard.join('\n'));
      return;
    }
    const request = kind < 65 ? graphqlRequest(chance, known) : restRequest(chance, known);
    counts[kind < 65 ? 'graphql' : 'rest'] += 1;
    try {
      const answer = await send(installation, agent, request);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const fault = faultOf(request, answer);
      if (fault !== '') blame(number, fault, written(request), answer.text);
      const value = jsonIn(answer.text);
      if (kind < 65 && answer.status === 200 && !/"errors":/.test(answer.text)) counts.answered += 1;
      known.learn(value);
      const sha256 = /"sha256":"([0-9a-f]{64})"/.exec(answer.text)?.[1];
      if (sha256 !== undefined) known.add('sha256', sha256);
    } catch (error) {
      if (isCutInTheMiddle(request, error)) statuses['cut'] = (statuses['cut'] ?? 0) + 1;
      else
        blame(
          number,
          `no answer: ${error instanceof Error ? error.message : String(error)}`,
          written(request),
          '',
        );
    }
  };

  const isAlive = (): boolean => installation.api.alive;
  let next = 0;
  const step = Math.max(1, Math.floor(operations / 20));
  const lane = async (): Promise<void> => {
    while (next < operations && faults.length < mostFaults && isAlive()) {
      const number = next++;
      if (number % step === 0 && isAlive()) residentMb.push(installation.residentMb());
      await one(number);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  agent.destroy();
  if (isAlive()) residentMb.push(installation.residentMb());
  else {
    const { code, signal } = await installation.api.ended;
    const ending = `seed ${seed}: the server ended with ${code ?? signal}, about request ${next}`;
    faults.push(`${ending}:\n${installation.api.text.slice(-4000)}`);
    log(faults.at(-1) ?? '');
  }
  return {
    ...{ operations: next, ...counts, statuses, faults, residentMb },
    seconds: (performance.now() - began) / 1000,
  };
}

function send({ url, tokens }: Installation, agent: Agent, request: FuzzRequest): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const token = tokens[request.who];
  const { method, path, body } = request;
  const headers = {
    ...request.headers,
    ...(token !== '' && { authorization: `Bearer ${token}` }),
    ...(body !== null && { 'content-length': String(body.length) }),
  };
  return new Promise((answered, failed) => {
    const sending = open(
      { agent, hostname, port, method, path, headers, timeout: patienceMs },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', failed);
        response.once('end', () => {
          answered({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    sending.once('error', failed);
    sending.once('timeout', () => sending.destroy(new Error(`nothing within ${patienceMs} ms`)));
    sending.end(body ?? undefined);
  });
}

/** A server may close on a large body that it does not want before all of it was sent. */
const isCutInTheMiddle = ({ body }: FuzzRequest, error: unknown): boolean =>
  (body?.length ?? 0) > 64 * 1024 &&
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EPIPE' || error.code === 'ECONNRESET');

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** What the server wrote of an error, where the answer says by which number. */
function inTheLog({ api }: Installation, told: string): string {
  const id = /"correlationId":"([\w-]+)"|log has it as ([\w-]+)/.exec(told)?.slice(1).find(Boolean);
  const line = id === undefined ? undefined : api.text.split('\n').find((one) => one.includes(id));
  return line === undefined ? '' : `\n  log: ${line.slice(0, 2000)}`;
}
