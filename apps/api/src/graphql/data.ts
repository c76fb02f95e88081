/** The data that a view's class declares. Resolvers give out plain objects, never instances of the class. */
export type Data<View> = { readonly [Field in keyof View]: View[Field] };
