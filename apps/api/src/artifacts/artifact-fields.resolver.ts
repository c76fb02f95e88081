import { invalidInput } from '@ionloop/domain';
import { spectrumKind } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AttemptView } from '../experiments/attempt.view.js';
import { MeasurementView } from '../experiments/measurement.view.js';
import type { OperationContext } from '../graphql/context.js';
import type { Data } from '../graphql/data.js';
import { ArtifactView, SpectrumView } from './artifact.view.js';
import { Spectra } from './spectra.js';

const mostPoints = 1000;

@Resolver(() => AttemptView)
export class AttemptArtifactsResolver {
  @ResolveField(() => [ArtifactView])
  artifacts(
    { id, campaignId }: Data<AttemptView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<readonly Data<ArtifactView>[]> {
    return loaders.attachments.load({ id, campaignId });
  }
}

@Resolver(() => MeasurementView)
export class MeasurementArtifactsResolver {
  @ResolveField(() => [ArtifactView], {
    description: 'Those that name it, and those of its attempt that name no measurement.',
  })
  async artifacts(
    { id, attemptId, campaignId }: Data<MeasurementView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<readonly Data<ArtifactView>[]> {
    if (attemptId === null) return [];
    const all = await loaders.attachments.load({ id: attemptId, campaignId });
    return all.filter(({ measurementId }) => measurementId === null || measurementId === id);
  }
}

@Resolver(() => ArtifactView)
export class ArtifactFieldsResolver {
  constructor(@Inject(Spectra) private readonly spectra: Spectra) {}

  @ResolveField(() => String, {
    description: 'Where it can be fetched, with a token that may read.',
  })
  url({ sha256, name }: Data<ArtifactView>): string {
    return `/artifacts/${sha256}?name=${encodeURIComponent(name)}`;
  }

  @ResolveField(() => SpectrumView, {
    nullable: true,
    description: `Of the kind ${spectrumKind}: for drawing, at most so many points that keep its shape.`,
  })
  spectrum(
    @Parent() artifact: Data<ArtifactView>,
    @Args('points', { type: () => Int, defaultValue: 200 }) points: number,
  ): Promise<Data<SpectrumView>> | null {
    if (points < 3 || points > mostPoints) {
      throw invalidInput('points', `points is ${points}; it must lie between 3 and ${mostPoints}`);
    }
    return artifact.kind === spectrumKind ? this.spectra.of(artifact, points) : null;
  }
}
