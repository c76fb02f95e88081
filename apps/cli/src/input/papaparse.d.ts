// The part of papaparse that we use; it brings no types of its own.
declare module 'papaparse' {
  export interface ParseStep {
    readonly data: string[];
    readonly errors: readonly { readonly type: string; readonly message: string }[];
    readonly meta: { readonly cursor: number };
  }
  export interface ParseOptions {
    readonly delimiter: string;
    readonly step: (row: ParseStep) => void;
  }
  const papa: { parse(text: string, options: ParseOptions): unknown };
  export default papa;
}
