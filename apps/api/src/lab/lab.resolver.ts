import type { Token } from '@ionloop/domain';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Caller } from '../access/caller.js';
import type { OperationContext } from '../graphql/context.js';
import { orUserErrors } from '../graphql/user-errors.js';
import {
  LabAppendInput,
  LabAppendPayload,
  LabClaimInput,
  LabClaimPayload,
  LabHeartbeatInput,
  LabHeartbeatPayload,
  LabRegisterInput,
  LabRegisterPayload,
  LabStartInput,
  LabStartPayload,
  LabSubmitInput,
  LabSubmitPayload,
} from './lab.types.js';
import { LabVerbs } from './lab-verbs.js';
import { appendBody, claimBody, heartbeatBody, registerBody, startBody, submitBody } from './requests.js';
import type { Data } from '../graphql/data.js';

/**
 * The lab protocol as GraphQL mutations. Inputs are read by the same readers as the bodies of REST, so a request is
 * the same to the word, its idempotency key included, whichever way it comes.
 */
@Resolver()
export class LabResolver {
  constructor(@Inject(LabVerbs) private readonly verbs: LabVerbs) {}

  @Mutation(() => LabRegisterPayload)
  labRegister(
    @Args('input', { type: () => LabRegisterInput }) input: LabRegisterInput,
    @Caller() caller: Token,
  ): Promise<Data<LabRegisterPayload>> {
    return orUserErrors<Pick<LabRegisterPayload, 'stationId'>>({ stationId: null }, () =>
      this.verbs.register(caller, registerBody.read(input, 'body')),
    );
  }

  @Mutation(() => LabClaimPayload)
  labClaim(
    @Args('input', { type: () => LabClaimInput }) { bootId, idempotencyKey, ...body }: LabClaimInput,
    @Caller() caller: Token,
    @Context() { gone }: OperationContext,
  ): Promise<Data<LabClaimPayload>> {
    const none: Pick<LabClaimPayload, 'assignments'> = { assignments: [] };
    return orUserErrors(none, async () => ({
      assignments: await this.verbs.claim(
        caller,
        bootId,
        { idempotencyKey, ...claimBody.read(body, 'body') },
        gone,
      ),
    }));
  }

  @Mutation(() => LabStartPayload)
  labStart(
    @Args('input', { type: () => LabStartInput }) { bootId, attemptId, ...body }: LabStartInput,
    @Caller() caller: Token,
  ): Promise<Data<LabStartPayload>> {
    return orUserErrors<Pick<LabStartPayload, 'attemptId'>>({ attemptId: null }, () =>
      this.verbs.start(caller, bootId, { attemptId, ...startBody.read(body, 'body') }),
    );
  }

  @Mutation(() => LabHeartbeatPayload)
  labHeartbeat(
    @Args('input', { type: () => LabHeartbeatInput }) { bootId, ...body }: LabHeartbeatInput,
    @Caller() caller: Token,
  ): Promise<Data<LabHeartbeatPayload>> {
    const none: Pick<LabHeartbeatPayload, 'answers'> = { answers: [] };
    return orUserErrors(none, async () => ({
      answers: await this.verbs.heartbeat(caller, bootId, heartbeatBody.read(body, 'body').attempts),
    }));
  }

  @Mutation(() => LabAppendPayload)
  labAppend(
    @Args('input', { type: () => LabAppendInput }) { bootId, attemptId, ...body }: LabAppendInput,
    @Caller() caller: Token,
  ): Promise<Data<LabAppendPayload>> {
    return orUserErrors<Pick<LabAppendPayload, 'stored'>>({ stored: false }, () =>
      this.verbs.append(caller, bootId, { attemptId, ...appendBody.read(body, 'body') }),
    );
  }

  @Mutation(() => LabSubmitPayload)
  labSubmit(
    @Args('input', { type: () => LabSubmitInput }) input: LabSubmitInput,
    @Caller() caller: Token,
  ): Promise<Data<LabSubmitPayload>> {
    const { bootId, attemptId, idempotencyKey, ...body } = input;
    const none: Omit<LabSubmitPayload, 'userErrors'> = {
      attemptId: null,
      disposition: null,
      measurementIds: [],
    };
    return orUserErrors(none, () =>
      this.verbs.submit(caller, bootId, { attemptId, idempotencyKey, ...submitBody.read(body, 'body') }),
    );
  }
}
