import type { CampaignState } from '@ionloop/domain';
import type { RecordReader } from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { CampaignStateEnum } from '../graphql/enums.js';

/** What a Prometheus server reads. Numbers of the record are looked up when it asks. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'ionloop_http_request_duration_seconds',
    help: 'How long requests took, by route; a long poll includes its wait.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers: [this.registry],
  });
  private readonly campaigns = this.gauge('ionloop_campaigns', 'Campaigns by state.', 'state');
  private readonly proposals = this.gauge('ionloop_open_proposals', 'Proposals that wait for approval.');
  private readonly suspects = this.gauge(
    'ionloop_suspect_attempts',
    'Started attempts that are not heard of.',
  );
  private readonly events = this.gauge('ionloop_events_written', 'Events in the logs of all campaigns.');
  private readonly modelAge = this.gauge(
    'ionloop_model_age_seconds',
    "Age of an active campaign's latest model.",
    'campaign',
  );
  private readonly queue = this.gauge('ionloop_queue_depth', 'Jobs waiting or running, by kind.', 'job');

  constructor(
    private readonly read: RecordReader,
    private readonly jobs: Pick<Jobs, 'depth'>,
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  readonly contentType = this.registry.contentType;

  request(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  async text(): Promise<string> {
    await Promise.all([this.lookAtRecord(), this.lookAtQueue()]);
    return this.registry.metrics();
  }

  private async lookAtRecord(): Promise<void> {
    const [campaigns, now] = await Promise.all([this.read.campaigns(), this.read.now()]);
    const ids = campaigns.map(({ id }) => id);
    const active = campaigns.filter(({ state }) => state === 'active').map(({ id }) => id);
    const [standings, lastSeqs, models] = await Promise.all([
      this.read.standings(ids),
      this.read.lastSeqs(ids),
      this.read.latestModels(active),
    ]);
    const standing = [...standings.values()];
    for (const state of Object.keys(CampaignStateEnum) as CampaignState[]) {
      this.campaigns.set({ state }, campaigns.filter((campaign) => campaign.state === state).length);
    }
    this.proposals.set(sum(standing.map(({ counts }) => counts.get('proposed') ?? 0)));
    this.suspects.set(sum(standing.map(({ suspects }) => suspects)));
    this.events.set(sum([...lastSeqs.values()]));
    this.modelAge.reset();
    for (const { campaignId, createdAt } of models.values()) {
      const age = (now.getTime() - new Date(createdAt).getTime()) / 1000;
      this.modelAge.set({ campaign: campaignId }, age);
    }
  }

  private async lookAtQueue(): Promise<void> {
    for (const [job, depth] of Object.entries(await this.jobs.depth())) this.queue.set({ job }, depth);
  }

  private gauge(name: string, help: string, label?: string): Gauge {
    return new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.registry],
    });
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
