import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunningIonloop } from '../support/running.js';

export const cliEntry = resolve(__dirname, '../../apps/cli/dist/main.js');

/** A data folder of a test's own, gone when the test is. */
export function temporaryHome(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'ionloop-home-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface DemoCampaign {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly lastSeq: number;
  readonly experiments: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: DemoExperiment }[];
  };
}

export interface DemoExperiment {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly measurements: readonly { readonly id: string; readonly value: number; readonly status: string }[];
}

const demoQuery = `{ campaigns { nodes { id name state lastSeq experiments(first: 200) { totalCount edges { node {
  id number state measurements { id value status } } } } } } }`;

export async function demoOf(running: RunningIonloop): Promise<DemoCampaign> {
  const { campaigns } = await running.query<{ campaigns: { nodes: DemoCampaign[] } }>(demoQuery);
  const [demo] = campaigns.nodes;
  if (!demo) throw new Error('there is no demo campaign');
  return demo;
}

export const acceptedOf = (campaign: DemoCampaign): Map<string, number> =>
  new Map(
    campaign.experiments.edges.flatMap(({ node }) =>
      node.measurements
        .filter(({ status }) => status === 'accepted')
        .map(({ id, value }) => [id, value] as const),
    ),
  );

export interface Verdict {
  readonly ok: boolean;
  readonly events: number;
  readonly faults: readonly string[];
  readonly plans: readonly {
    readonly number: number;
    readonly identical: boolean;
    readonly detail: string;
  }[];
}

/** `ionloop verify` as an operator runs it. */
export function verify(
  home: string,
  campaign: string,
): { code: number | null; verdict: Verdict; printed: string } {
  const report = join(home, 'verdict.json');
  const run = spawnSync(process.execPath, [cliEntry, 'verify', campaign, '--json', report], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], IONLOOP_HOME: home },
    encoding: 'utf8',
    timeout: 120_000,
  });
  const printed = run.stdout + run.stderr;
  try {
    return { code: run.status, verdict: JSON.parse(readFileSync(report, 'utf8')) as Verdict, printed };
  } catch {
    throw new Error(`ionloop verify wrote no report; it printed:\n${printed}`);
  }
}

export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
