import type { AccessAction, Json, Role, Token } from '@ionloop/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { RoleEnum } from '../graphql/enums.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';

@ObjectType('Viewer')
export class ViewerView {
  @Field(() => String) readonly name!: string;
  @Field(() => RoleEnum) readonly role!: Role;
  @Field(() => String, { nullable: true }) readonly station!: string | null;
  @Field(() => ID) readonly workspace!: string;
  @Field(() => ID, { nullable: true, description: 'The only campaign that it can see.' })
  readonly campaign!: string | null;
  @Field(() => Boolean, { description: 'May also make workspaces, and tokens for them.' })
  readonly instance!: boolean;
  @Field(() => DateTimeScalar) readonly expiresAt!: string;
}

@ObjectType('Token')
export class TokenView {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => RoleEnum) readonly role!: Role;
  @Field(() => String, { nullable: true }) readonly station!: string | null;
  @Field(() => ID) readonly workspace!: string;
  @Field(() => ID, { nullable: true }) readonly campaign!: string | null;
  @Field(() => Boolean) readonly instance!: boolean;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
  @Field(() => DateTimeScalar) readonly expiresAt!: string;
  @Field(() => DateTimeScalar, { nullable: true }) readonly revokedAt!: string | null;
}

/** Without its hash. */
export function tokenView(token: Token): Data<TokenView> {
  const { id, name, role, station, workspace, campaign, instance, createdAt, expiresAt, revokedAt } = token;
  return { id, name, role, station, workspace, campaign, instance, createdAt, expiresAt, revokedAt };
}

@ObjectType('TokenPayload')
export class TokenPayload {
  @Field(() => TokenView, { nullable: true }) readonly token!: Data<TokenView> | null;
  @Field(() => String, {
    nullable: true,
    description: 'Shown this once: null where an earlier request under the same key made the token.',
  })
  readonly secret!: string | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class CreateTokenInput {
  @Field(() => String) readonly name!: string;
  @Field(() => RoleEnum) readonly role!: Role;
  @Field(() => String, { nullable: true }) readonly station?: string | null;
  @Field(() => ID, { nullable: true, description: 'The only campaign that it can see.' })
  readonly campaign?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Another than one’s own, for an admin of the whole instance.',
  })
  readonly workspace?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Of an admin: may also make workspaces.' })
  readonly instance?: boolean | null;
  @Field(() => Int, { nullable: true }) readonly days?: number | null;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class RevokeTokenInput {
  @Field(() => ID) readonly id!: string;
}

@ObjectType('Workspace')
export class WorkspaceView {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
}

@ObjectType('WorkspacePayload')
export class WorkspacePayload {
  @Field(() => WorkspaceView, { nullable: true }) readonly workspace!: Data<WorkspaceView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class CreateWorkspaceInput {
  @Field(() => ID, { description: 'Small letters, digits and hyphens between them.' })
  readonly id!: string;
  @Field(() => String) readonly name!: string;
}

@ObjectType('AccessChange', {
  description: 'Something that changed who may do what. It is never changed itself.',
})
export class AccessChangeView {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly at!: string;
  @Field(() => String) readonly actor!: string;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What the actor showed: a token by its id, or issuer and subject of OpenID Connect.',
  })
  readonly via!: Json;
  @Field(() => String) readonly action!: AccessAction;
  @Field(() => ID, { description: 'The token, workspace or station that it was about.' })
  readonly subject!: string;
  @Field(() => JsonScalar) readonly detail!: Json;
}
