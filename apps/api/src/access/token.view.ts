import type { Role, Token } from '@ionloop/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { RoleEnum } from '../graphql/enums.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';
import type { Data } from '../graphql/data.js';

@ObjectType('Viewer')
export class ViewerView {
  @Field(() => String) readonly name!: string;
  @Field(() => RoleEnum) readonly role!: Role;
  @Field(() => String, { nullable: true }) readonly station!: string | null;
}

@ObjectType('Token')
export class TokenView {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => RoleEnum) readonly role!: Role;
  @Field(() => String, { nullable: true }) readonly station!: string | null;
  @Field(() => DateTimeScalar) readonly expiresAt!: string;
  @Field(() => DateTimeScalar, { nullable: true }) readonly revokedAt!: string | null;
}

/** Without its hash. */
export const tokenView = ({ id, name, role, station, expiresAt, revokedAt }: Token): Data<TokenView> => ({
  ...{ id, name, role, station, expiresAt, revokedAt },
});

@ObjectType('TokenPayload')
export class TokenPayload {
  @Field(() => TokenView, { nullable: true }) readonly token!: Data<TokenView> | null;
  @Field(() => String, { nullable: true }) readonly secret!: string | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class CreateTokenInput {
  @Field(() => String) readonly name!: string;
  @Field(() => RoleEnum) readonly role!: Role;
  @Field(() => String, { nullable: true }) readonly station?: string | null;
  @Field(() => Int, { nullable: true }) readonly days?: number | null;
}

@InputType()
export class RevokeTokenInput {
  @Field(() => ID) readonly id!: string;
}
