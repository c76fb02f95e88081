import { Field, ID, InterfaceType } from '@nestjs/graphql';

@InterfaceType('Node', {
  description: 'Whatever has an id that `node` finds.',
  resolveType: (value: { readonly __typename: string }) => value.__typename,
})
export abstract class NodeView {
  @Field(() => ID) readonly id!: string;
}

/** A view as `node` gives it out: only an interface has to be told what it is. */
export type NodeData = { readonly id: string; readonly __typename: string };
