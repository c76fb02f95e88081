export interface RehearsedLine {
  readonly strategy: string;
  readonly label: string;
  readonly rounds: readonly RehearsedRound[];
}

export interface RehearsedRound {
  readonly experiments: number;
  readonly median: number;
  readonly low50: number;
  readonly high50: number;
  readonly low90: number;
  readonly high90: number;
  readonly atTop: number;
  readonly reached: number | null;
}
