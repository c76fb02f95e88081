import { type ErrorCode, IonloopError } from '@ionloop/domain';
import { Field, ObjectType } from '@nestjs/graphql';
import type { Data } from './data.js';

@ObjectType('UserError')
export class UserErrorView {
  @Field(() => String) readonly code!: string;
  @Field(() => String) readonly message!: string;
  @Field(() => String, { nullable: true }) readonly field!: string | null;
}

/** Whether the user can do something about it; everything else is an error of the request or of ours. */
const isUsersMistake: Readonly<Record<ErrorCode, boolean>> = {
  INVALID_INPUT: true,
  NOT_FOUND: true,
  INVALID_STATE: true,
  CONFLICT: true,
  SPEC_CHANGED: true,
  LEASE_LOST: true,
  IDEMPOTENCY_KEY_MISSING: true,
  IDEMPOTENCY_KEY_REUSED: true,
  IDEMPOTENCY_KEY_IN_FLIGHT: true,
  UNSUPPORTED_SCHEMA: true,
  ARTIFACT_MISSING: true,
  CHECKSUM_MISMATCH: true,
  TOO_LARGE: true,
  UPLOAD_OFFSET: true,
  STORAGE_FULL: false,
  UNAUTHENTICATED: false,
  FORBIDDEN: false,
  UNAVAILABLE: false,
  RECORD_CORRUPT: false,
};

/** Runs a mutation: what the user got wrong becomes data beside the `empty` payload, the rest is thrown on. */
export async function orUserErrors<T extends object>(
  empty: T,
  work: () => Promise<T>,
): Promise<T & { readonly userErrors: readonly Data<UserErrorView>[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof IonloopError) || !isUsersMistake[error.code]) throw error;
    const { code, message, field = null } = error;
    return { ...empty, userErrors: [{ code, message, field }] };
  }
}
