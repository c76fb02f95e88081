import { claimFile, type Claim } from './claim.js';
import { FolderInUseError, FolderUnusableError, systemCode } from './errors.js';

/** Claims the data folder for this process, by a file beside it. Returns what gives the folder back. */
export function claimFolder(dataFolder: string): () => void {
  const claim = claimBeside(dataFolder);
  if ('heldBy' in claim) throw new FolderInUseError(dataFolder, claim.heldBy.pid);
  return claim.giveBack;
}

function claimBeside(dataFolder: string): Claim {
  try {
    return claimFile(`${dataFolder}.owner`);
  } catch (error) {
    const code = systemCode(error) ?? 'unknown';
    throw new FolderUnusableError(dataFolder, `its parent cannot be written (${code})`, { cause: error });
  }
}
