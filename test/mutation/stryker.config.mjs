const name = process.env.IONLOOP_MUTATION_PACKAGE;
const files = process.env.IONLOOP_MUTATION_FILES ?? '**/*.ts';
const sample = JSON.parse(process.env.IONLOOP_MUTATION_SAMPLE ?? 'null') ?? undefined;
const folder = `libs/${name}`;
const kept = '.ionloop/mutation';

export default {
  mutate: [`${folder}/src/${files}`, `!${folder}/src/testing/**`, `!${folder}/src/index.ts`],
  testRunner: 'in-process',
  plugins: ['./test/mutation/runner.mjs'],
  mutation: { tests: `${folder}/test`, ...(sample && { sample }) },
  coverageAnalysis: 'perTest',
  // Constants are made once, when a file is read: a process for each of them would take hours and try tables of words.
  ignoreStatic: true,
  concurrency: 1,
  // The runner ends what hangs, by how often it runs and by the processor's time: on a busy machine the clock says nothing.
  timeoutMS: 1_800_000,
  dryRunTimeoutMinutes: 30,
  disableTypeChecks: false,
  ignorePatterns: ['**', `!${folder}/{src,test}`, `!${folder}/{src,test}/**`, '!test/support/*.ts'],
  tempDirName: `${kept}/sandboxes`,
  // What was not drawn is not known, and would be kept as if it were.
  incremental: sample === undefined,
  incrementalFile: `${kept}/${name}.incremental.json`,
  reporters: ['json', 'progress-append-only', 'survivors'],
  survivors: { fileName: `${kept}/${name}.survivors.txt`, folder: `${folder}/src` },
  jsonReporter: { fileName: `${kept}/${name}.json` },
  allowConsoleColors: false,
  allowEmpty: false,
};
