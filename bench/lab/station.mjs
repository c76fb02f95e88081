import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { issueToken } from '../../libs/engine/dist/index.js';

/** As many stations as are wanted, registered over HTTP, each with its token and a connection that it keeps. */
export async function openStations(ground, names, properties) {
  const stations = [];
  for (const name of names) {
    const { secret } = await issueToken(ground.engine, { name, role: 'lab', station: name, days: 1 });
    stations.push(new BenchStation(ground.url, name, secret));
  }
  await Promise.all(stations.map((station) => station.register(properties)));
  return stations;
}

/** A station that costs little, so that what is measured is the server: one request at a time, no retries. */
export class BenchStation {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #boot = randomUUID();

  constructor(url, name, token) {
    this.url = new URL(url);
    this.name = name;
    this.token = token;
  }

  get voice() {
    return { station: this.name, bootId: this.#boot };
  }

  register(properties) {
    return this.post('/register', { station: this.name, bootId: this.#boot, properties, schemaVersion: 1 });
  }

  async claim(max = 1) {
    const { assignments } = await this.post('/claim', { max, wait: 0 }, randomUUID());
    return assignments;
  }

  start({ attemptId, fence, specHash }) {
    return this.post(`/attempts/${attemptId}/start`, { fence, specHash });
  }

  submit({ attemptId, fence }, value, key = randomUUID()) {
    return this.post(
      `/attempts/${attemptId}/submit`,
      { fence, outcome: 'measured', measurements: [{ property: 'value', value, unit: '' }] },
      key,
    );
  }

  post(path, body, key) {
    const text = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent: this.#agent,
          host: this.url.hostname,
          port: this.url.port,
          method: 'POST',
          path: `/lab/v1${path}`,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            authorization: `Bearer ${this.token}`,
            'ionloop-boot': this.#boot,
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
        },
        (response) => {
          let answer = '';
          response.setEncoding('utf8');
          response.on('data', (part) => (answer += part));
          response.on('error', reject);
          response.on('end', () => {
            if (response.statusCode === 200) resolve(JSON.parse(answer));
            else reject(new Error(`${path} was answered with ${response.statusCode}: ${answer}`));
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  }

  close() {
    this.#agent.destroy();
  }
}
