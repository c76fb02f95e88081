import type { Measurement, Token } from '@ionloop/domain';
import { decideMeasurement, type Engine, recordMeasurement, supersedeMeasurement } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import type { Data } from '../graphql/data.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { measurement as measurementBody } from '../lab/requests.js';
import { ENGINE } from '../parts.js';
import {
  DecideMeasurementInput,
  RecordMeasurementInput,
  SupersedeMeasurementInput,
} from './measurement.inputs.js';
import { MeasurementPayload, MeasurementView } from './measurement.view.js';

/** Values by people. Nothing is overwritten: what is excluded or superseded stays, with the reason. */
@Resolver(() => MeasurementView)
export class MeasurementsResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Mutation(() => MeasurementPayload)
  decideMeasurement(
    @Args('input', { type: () => DecideMeasurementInput }) input: DecideMeasurementInput,
    @Caller() caller: Token,
  ): Promise<Data<MeasurementPayload>> {
    const { measurementId, decision, note } = input;
    return made(() => decideMeasurement(this.engine, actorOf(caller), measurementId, decision, note));
  }

  @Mutation(() => MeasurementPayload, {
    description:
      'A value that no station handed in. It ends an experiment that waits for a station, and joins one that has results.',
  })
  recordMeasurement(
    @Args('input', { type: () => RecordMeasurementInput }) input: RecordMeasurementInput,
    @Caller() caller: Token,
  ): Promise<Data<MeasurementPayload>> {
    const { experimentId, measurement, reason, idempotencyKey } = input;
    return made(() =>
      recordMeasurement(this.engine, actorOf(caller), {
        ...{ experimentId, reason },
        measurement: measurementBody.read(measurement, 'measurement'),
        ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
      }),
    );
  }

  @Mutation(() => MeasurementPayload, {
    description: 'A corrected value in the place of one that is kept.',
  })
  supersedeMeasurement(
    @Args('input', { type: () => SupersedeMeasurementInput }) input: SupersedeMeasurementInput,
    @Caller() caller: Token,
  ): Promise<Data<MeasurementPayload>> {
    const { measurementId, measurement, reason, idempotencyKey } = input;
    return made(() =>
      supersedeMeasurement(this.engine, actorOf(caller), {
        ...{ measurementId, reason },
        measurement: measurementBody.read(measurement, 'measurement'),
        ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
      }),
    );
  }
}

const made = (work: () => Promise<Measurement>): Promise<Data<MeasurementPayload>> =>
  orUserErrors<Pick<MeasurementPayload, 'measurement'>>({ measurement: null }, async () => ({
    measurement: await work(),
  }));
