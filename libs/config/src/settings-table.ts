import { availableParallelism } from 'node:os';
import { decimal, flag, folder, oneOf, text, url, wholeNumber } from './kinds.js';
import { openIdTable } from './openid-table.js';
import { optional, setting } from './setting.js';

const day = 86_400;

/** Every setting there is, under the name it has in `Settings`. */
export const settingsTable = {
  host: setting(text, '127.0.0.1', {
    name: 'IONLOOP_HOST',
    meaning: 'Address to listen on; 0.0.0.0 lets other machines in.',
  }),
  port: setting(wholeNumber(0, 65_535), '4680', {
    name: 'IONLOOP_PORT',
    meaning: 'Port to listen on; 0 takes any free one.',
  }),
  publicUrl: optional(url('http:', 'https:'), {
    name: 'IONLOOP_PUBLIC_URL',
    meaning: 'Address under which others reach Ionloop, for links, where it is not host and port.',
  }),
  home: setting(folder, './.ionloop', {
    name: 'IONLOOP_HOME',
    meaning: 'Folder for everything Ionloop keeps on this machine, the embedded database included.',
  }),
  databaseUrl: optional(url('postgres:', 'postgresql:'), {
    name: 'DATABASE_URL',
    meaning: 'PostgreSQL server to use instead of the embedded one.',
    secret: true,
  }),
  redisUrl: optional(url('redis:', 'rediss:'), {
    name: 'REDIS_URL',
    meaning: 'Redis server for the queues, which are otherwise kept in PostgreSQL.',
    secret: true,
  }),
  demo: setting(flag, '1', {
    name: 'IONLOOP_DEMO',
    meaning: 'Whether an empty installation starts a demonstration campaign with a simulated laboratory.',
  }),
  demoSpeed: setting(decimal(0.1, 10_000), '20', {
    name: 'IONLOOP_DEMO_SPEED',
    meaning: 'How many times faster than real time the simulated laboratory works.',
  }),
  demoExperiments: setting(wholeNumber(1, 10_000), '30', {
    name: 'IONLOOP_DEMO_EXPERIMENTS',
    meaning: 'Budget of the demonstration campaign, in experiments.',
  }),
  workerThreads: setting(wholeNumber(1, 1024), String(Math.max(1, availableParallelism() - 1)), {
    name: 'IONLOOP_WORKER_THREADS',
    defaultShown: 'processors − 1, at least 1',
    meaning: 'Threads that a worker computes in.',
  }),
  logLevel: setting(oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), 'info', {
    name: 'IONLOOP_LOG_LEVEL',
    meaning: 'The least important thing that is logged.',
  }),
  leaseSeconds: setting(wholeNumber(1, day), '60', {
    name: 'IONLOOP_LEASE_SECONDS',
    meaning: 'How long a station keeps an experiment without a sign of life.',
  }),
  heartbeatSeconds: setting(wholeNumber(1, day), '10', {
    name: 'IONLOOP_HEARTBEAT_SECONDS',
    meaning: 'How often stations are asked to give a sign of life; less than the lease.',
  }),
  suspectSeconds: setting(wholeNumber(1, 30 * day), '1800', {
    name: 'IONLOOP_SUSPECT_SECONDS',
    meaning:
      'How long a started attempt may be silent before it is suspect and a person is asked; nothing reruns it by itself.',
  }),
  attemptCap: setting(wholeNumber(1, 100), '3', {
    name: 'IONLOOP_ATTEMPT_CAP',
    meaning: 'How many attempts an experiment gets before it is quarantined and a person is asked.',
  }),
  claimSeconds: setting(wholeNumber(1, 366 * day), String(day), {
    name: 'IONLOOP_CLAIM_SECONDS',
    meaning: 'How long a queued experiment may wait for a station before a person is asked.',
  }),
  taskSeconds: setting(wholeNumber(1, 366 * day), String(day), {
    name: 'IONLOOP_TASK_SECONDS',
    meaning:
      'How long a person has for a task before the campaign’s owner, and after that the operator, is asked.',
  }),
  sweepSeconds: setting(decimal(0.1, 3600), '2', {
    name: 'IONLOOP_SWEEP_SECONDS',
    meaning: 'How often the reconciler looks at all campaigns without being asked.',
  }),
  tokenDays: setting(wholeNumber(1, 3650), '30', {
    name: 'IONLOOP_TOKEN_DAYS',
    meaning: 'How long an access token is valid.',
  }),
  bodyKilobytes: setting(wholeNumber(1, 65_536), '1024', {
    name: 'IONLOOP_BODY_KILOBYTES',
    meaning:
      'How large a body of JSON may be, unpacked, in units of 1024 bytes; artifacts have their own limit.',
  }),
  graphqlDepth: setting(wholeNumber(1, 100), '12', {
    name: 'IONLOOP_GRAPHQL_DEPTH',
    meaning: 'How deep the fields of a GraphQL operation may be nested.',
  }),
  graphqlAliases: setting(wholeNumber(0, 10_000), '60', {
    name: 'IONLOOP_GRAPHQL_ALIASES',
    meaning: 'How many aliases a GraphQL operation may have.',
  }),
  graphqlTokens: setting(wholeNumber(10, 100_000), '4000', {
    name: 'IONLOOP_GRAPHQL_TOKENS',
    meaning: 'How many words and marks a GraphQL document may have.',
  }),
  graphqlCost: setting(wholeNumber(1, 100_000_000), '400000', {
    name: 'IONLOOP_GRAPHQL_COST',
    meaning: 'How many fields a GraphQL operation may bring back at most; lists multiply.',
  }),
  introspection: setting(flag, '1', {
    name: 'IONLOOP_INTROSPECTION',
    meaning: 'Whether the GraphQL schema can be asked for, by those who have a token.',
  }),
  operations: setting(oneOf(['any', 'known']), 'any', {
    name: 'IONLOOP_OPERATIONS',
    meaning:
      'Which GraphQL operations are answered: any, or only the known ones of the dashboard, of @ionloop/client and of the command line.',
  }),
  rate: setting(decimal(0.1, 100_000), '50', {
    name: 'IONLOOP_RATE',
    meaning:
      'How many requests a second a token may make in the long run; the verbs of the lab have their own.',
  }),
  rateBurst: setting(wholeNumber(1, 1_000_000), '1000', {
    name: 'IONLOOP_RATE_BURST',
    meaning: 'How many requests a token may make at once after a pause.',
  }),
  rateFields: setting(wholeNumber(1, 100_000_000), '20000', {
    name: 'IONLOOP_RATE_FIELDS',
    meaning:
      'How many fields that a GraphQL operation may bring back count as another request; lists multiply.',
  }),
  labRate: setting(decimal(0.1, 100_000), '1000', {
    name: 'IONLOOP_LAB_RATE',
    meaning: 'How many requests a second a station may make in the long run.',
  }),
  labRateBurst: setting(wholeNumber(1, 1_000_000), '10000', {
    name: 'IONLOOP_LAB_RATE_BURST',
    meaning: 'How many requests a station may make at once after a pause, as when it hands in what it kept.',
  }),
  strangerRate: setting(wholeNumber(1, 1_000_000), '120', {
    name: 'IONLOOP_STRANGER_RATE',
    meaning:
      'How many requests a minute an address may make without a valid token before it is told to wait.',
  }),
  proxies: setting(wholeNumber(0, 10), '0', {
    name: 'IONLOOP_PROXIES',
    meaning: 'How many proxies stand in front, whose word on where a request comes from is taken.',
  }),
  ...openIdTable,
  metricsToken: optional(text, {
    name: 'IONLOOP_METRICS_TOKEN',
    meaning:
      'Bearer token for whoever scrapes /metrics; without one they need an admin’s of the whole instance where the server listens beyond this machine.',
    secret: true,
  }),
  artifactsFolder: optional(folder, {
    name: 'IONLOOP_ARTIFACTS',
    defaultShown: '`artifacts` in the home',
    meaning: 'Folder for spectra, images and logs from stations; all servers of one record share it.',
  }),
  artifactMegabytes: setting(wholeNumber(1, 1_000_000), '256', {
    name: 'IONLOOP_ARTIFACT_MEGABYTES',
    meaning: 'How large an artifact may be, in millions of bytes.',
  }),
  uploadHours: setting(wholeNumber(1, 8760), '48', {
    name: 'IONLOOP_UPLOAD_HOURS',
    meaning: 'How long an upload that broke off can be gone on with.',
  }),
  license: optional(text, {
    name: 'IONLOOP_LICENSE',
    meaning:
      'Licence of the data that is exported: an address, or a name of the SPDX list such as CC-BY-4.0.',
  }),
  creator: optional(text, {
    name: 'IONLOOP_CREATOR',
    meaning:
      'Who made the data that is exported: a name, with an address such as an ORCID behind it in angle brackets.',
  }),
  startSeconds: setting(wholeNumber(0, 3600), '10', {
    name: 'IONLOOP_START_SECONDS',
    meaning:
      'How long a process that starts waits for a database or a queue that does not answer yet, before it gives up.',
  }),
  drainSeconds: setting(wholeNumber(0, 3600), '0', {
    name: 'IONLOOP_DRAIN_SECONDS',
    meaning:
      'How long a server that is told to end says so to health checks and still answers, so that a balancer sends no more.',
  }),
  endSeconds: setting(wholeNumber(1, 3600), '2', {
    name: 'IONLOOP_END_SECONDS',
    meaning:
      'How long requests and jobs that are under way get to finish when a process ends; a job that does not is done by another worker.',
  }),
  workerPort: optional(wholeNumber(0, 65_535), {
    name: 'IONLOOP_WORKER_PORT',
    meaning: 'Port on which a worker answers health checks and Prometheus; it listens nowhere without.',
  }),
  tracesEndpoint: optional(url('http:', 'https:'), {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    meaning: 'OpenTelemetry collector that traces are sent to, by OTLP over HTTP; nothing is traced without.',
  }),
  dataFolder: optional(folder, {
    name: 'IONLOOP_DATA',
    meaning: 'Folder with the public data sets that replays and benchmarks read.',
  }),
} as const;

export type SettingsTable = typeof settingsTable;

/** Variables that other parts of the project read: not settings, and no reason for a warning. */
export const otherVariables: readonly string[] = [
  'IONLOOP_REFERENCE',
  'IONLOOP_TEST_POSTGRES',
  'IONLOOP_SEED',
  'IONLOOP_RUNS',
];
