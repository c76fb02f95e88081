import { InMemoryArtifactFiles } from '../src/index.js';
import { artifactFilesContract } from '../src/testing/artifact-files-contract.js';

artifactFilesContract('memory', () =>
  Promise.resolve({
    files: new InMemoryArtifactFiles(() => new Date()),
    close: () => Promise.resolve(),
  }),
);
