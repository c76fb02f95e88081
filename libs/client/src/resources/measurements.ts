import type { Measurement } from '../entities.js';
import * as g from '../generated/graphql.js';
import { made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

/** Values after they were measured; `campaigns.measurements` lists them. */
export class Measurements {
  constructor(private readonly operator: Operator) {}

  /** A value that no station handed in. */
  async record(input: g.RecordMeasurementInput, call?: CallOptions): Promise<Measurement> {
    const data = await this.operator.run(g.RecordMeasurementDocument, { input }, call);
    return made(data.recordMeasurement.measurement);
  }

  /** A corrected value in the place of one that is kept. */
  async supersede(input: g.SupersedeMeasurementInput, call?: CallOptions): Promise<Measurement> {
    const data = await this.operator.run(g.SupersedeMeasurementDocument, { input }, call);
    return made(data.supersedeMeasurement.measurement);
  }

  /** Models do not learn from it any more. */
  exclude(measurementId: string, note: string, call?: CallOptions): Promise<Measurement> {
    return this.decide({ measurementId, decision: 'excluded', note }, call);
  }

  /** Also takes an excluded one back. */
  accept(measurementId: string, note: string, call?: CallOptions): Promise<Measurement> {
    return this.decide({ measurementId, decision: 'accepted', note }, call);
  }

  async decide(input: g.DecideMeasurementInput, call?: CallOptions): Promise<Measurement> {
    const data = await this.operator.run(g.DecideMeasurementDocument, { input }, call);
    return made(data.decideMeasurement.measurement);
  }
}
